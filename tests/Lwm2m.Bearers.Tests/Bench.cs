using System;
using System.Threading.Tasks;
using Lwm2m.Client;
using Lwm2m.Samples;

namespace Lwm2m.Bearers.Tests;

/// <summary>One way between a device and a server, with all that is needed in between: sockets, or a modem and its network.</summary>
public abstract class Bench : IAsyncDisposable
{
    /// <summary>The server; it listens when the bench is made.</summary>
    public required LocalServer Server { get; init; }

    /// <summary>What the client is to reach the server by.</summary>
    public virtual string Uri => Server.Uri;

    /// <summary>Letter of the bearer.</summary>
    public abstract char Binding { get; }

    /// <summary>The longest that one operation may take before the test gives up.</summary>
    public virtual TimeSpan Patience => TimeSpan.FromSeconds(30);

    /// <summary>What the bearer needs to be told to the client.</summary>
    public virtual void Configure(ClientOptions options)
    {
    }

    /// <summary>Gives the client its transport.</summary>
    public abstract void Connect(Lwm2mClient client);

    /// <summary>What happened on the way, for a test that fails.</summary>
    public virtual string Explain() => "";

    /// <summary>Takes the way away, as a network that is gone.</summary>
    public abstract Task LoseAsync();

    /// <summary>Gives it back.</summary>
    public abstract Task RestoreAsync();

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
