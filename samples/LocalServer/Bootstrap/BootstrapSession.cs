using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Formats;

namespace Lwm2m.Samples;

/// <summary>A client that asked to be bootstrapped, and how it goes.</summary>
public sealed class BootstrapSession
{
    private readonly List<BootstrapStepResult> _results = new();
    private readonly HashSet<int> _takenSecurity;
    private readonly Dictionary<BootstrapAccount, int> _security = new(ReferenceEqualityComparer.Instance);
    private readonly TaskCompletionSource<BootstrapOutcome> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal BootstrapSession(string endpoint, Remote remote, int? preferredFormat, bool isPack, IEnumerable<int> takenSecurity)
    {
        Endpoint = endpoint;
        Remote = remote;
        PreferredFormat = preferredFormat;
        IsPack = isPack;
        _takenSecurity = takenSecurity.ToHashSet();
    }

    /// <summary>Endpoint name of the client.</summary>
    public string Endpoint { get; }

    /// <summary>Address of the client.</summary>
    public IPEndPoint Address => Remote.EndPoint;

    /// <summary>The content format that the client asked for (<c>pct</c>, or Accept of a Pack); null when it did not.</summary>
    public int? PreferredFormat { get; }

    /// <summary>True when the client asked for a Pack (1.2), which is one answer and has no steps.</summary>
    public bool IsPack { get; }

    /// <summary>What became of the steps so far.</summary>
    public IReadOnlyList<BootstrapStepResult> Results
    {
        get
        {
            lock (_results)
            {
                return _results.ToArray();
            }
        }
    }

    /// <summary>Completes when the bootstrap ends, and tells how.</summary>
    public Task<BootstrapOutcome> Ended => _ended.Task;

    internal Remote Remote { get; }

    internal CancellationTokenSource Stop { get; } = new();

    /// <summary>What Writes and Reads use that name no format. A client without <c>pct</c> may be one of 1.0, which knows TLV for sure.</summary>
    internal int Format => PreferredFormat ?? ContentFormat.Tlv;

    /// <summary>Endpoint, address and preferred format.</summary>
    public override string ToString() =>
        $"{Endpoint} at {Address}{(IsPack ? ", Pack" : "")}{(PreferredFormat is { } format ? ", content format " + format : "")}";

    /// <summary>The instance of object 0 for an account, the same one whenever it is asked for.</summary>
    internal int SecurityInstanceOf(BootstrapAccount account)
    {
        if (account.SecurityInstance is { } told)
            return told;
        if (_security.TryGetValue(account, out int known))
            return known;
        int instance = 0;
        while (_takenSecurity.Contains(instance) || _security.ContainsValue(instance))
            instance++;
        _security.Add(account, instance);
        return instance;
    }

    internal void SetTakenSecurity(IEnumerable<LinkEntry> discovered)
    {
        _takenSecurity.Clear();
        _takenSecurity.UnionWith(SecurityInstances(discovered));
    }

    internal static IEnumerable<int> SecurityInstances(IEnumerable<LinkEntry> links) =>
        links.Where(l => l.Path is { ObjectId: 0, Level: 2 }).Select(l => l.Path!.Value.InstanceId);

    internal void Add(BootstrapStepResult result)
    {
        lock (_results)
        {
            _results.Add(result);
        }
    }

    internal void SetEnded(BootstrapOutcome outcome) => _ended.TrySetResult(outcome);
}
