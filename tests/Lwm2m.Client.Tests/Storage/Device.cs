using System;
using System.Collections.Generic;
using Lwm2m.Client.Tests.Engine;
using Lwm2m.Formats;

namespace Lwm2m.Client.Tests.Storage;

/// <summary>A device that is switched on and off: its files and its wall clock stay, the client is a new one each time.</summary>
public sealed class Device : IWallClock
{
    /// <summary>An object whose instances servers can create; the application has instance 0.</summary>
    public const int Kept = 26241;

    /// <summary>Writable by servers, and not kept.</summary>
    public const int Fleeting = 26242;

    private readonly int _servers;
    private readonly int _lifetime;

    public Device(int servers = 1, int lifetime = 300)
    {
        _servers = servers;
        _lifetime = lifetime;
    }

    public FakeFiles Files { get; private set; } = new();

    public long UnixMs { get; set; } = 1_700_000_000_000;

    /// <summary>What the application changes before the client starts.</summary>
    public Action<ClientOptions>? Options { get; set; }

    /// <summary>More that the application does before the client starts.</summary>
    public Action<Lwm2mClient>? SetUp { get; set; }

    public StoredObject Object { get; private set; } = null!;

    public Bed Bed { get; private set; } = null!;

    /// <summary>Cuts the power where it is on, and switches the device on.</summary>
    public Bed SwitchOn()
    {
        Files.PowerUp();
        Object = new StoredObject(Define(Kept), 40);
        Object.AddInstance(0);
        Object.Set(0, 0, "factory");
        Object.Set(0, 1, 1);
        Object.Set(0, 2, 21.5);
        var fleeting = new StoredObject(Define(Fleeting), 40) { AllowCreate = false };
        fleeting.AddInstance(0);
        fleeting.Set(0, 1, 1);
        Bed = new Bed(
            options =>
            {
                options.Storage = new FileStorage(Files);
                options.WallClock = this;
                Options?.Invoke(options);
            },
            client =>
            {
                client.Add(Object);
                client.Add(fleeting);
                SetUp?.Invoke(client);
            },
            _lifetime, _servers);
        return Bed;
    }

    /// <summary>Switches on and registers anew or with an Update, whichever the client does; answers what it sent.</summary>
    public List<string> ComeBack(string location = "rd/5a3f")
    {
        SwitchOn();
        Bed.Client.Start();
        Bed.Poll();
        var sent = new List<string>();
        for (int server = 0; server < Bed.Client.AccountCount; server++)
        {
            string line = Bed.Next();
            sent.Add(line);
            Bed.Answer(line.Contains("/rd?", StringComparison.Ordinal) ? "ACK 2.01 location=" + location : "ACK 2.04", Bed.LastLink);
        }

        return sent;
    }

    /// <summary>The client's answer to a request. Updates of its registration are answered on the way, notifications passed over.</summary>
    public string Ask(string request)
    {
        Answers();
        Bed.Server(request);
        return Answers();
    }

    private string Answers()
    {
        string answer = "-";
        for (string line = Bed.Next(); line != "-"; line = Bed.Next())
        {
            if (line.StartsWith("CON POST /rd/", StringComparison.Ordinal))
                Bed.Answer("ACK 2.04", Bed.LastLink);
            else if (line.StartsWith("ACK", StringComparison.Ordinal))
                answer = line;
        }

        return answer;
    }

    /// <summary>The files as they are now, in a device of its own.</summary>
    public Device Copy(int seed) => new(_servers, _lifetime) { Files = Files.Copy(seed), UnixMs = UnixMs, Options = Options, SetUp = SetUp };

    private static ObjectDefinition Define(int id) => new(id, "1.0",
        Resource.ReadWrite(0, DataType.String),
        Resource.ReadWrite(1, DataType.Integer, mandatory: true),
        Resource.ReadOnly(2, DataType.Float),
        Resource.ReadWrite(3, DataType.Integer, multiple: true),
        Resource.ReadWrite(4, DataType.Opaque),
        Resource.ReadWrite(5, DataType.Boolean),
        Resource.ReadWrite(6, DataType.ObjectLink),
        Resource.ReadWrite(7, DataType.Unsigned),
        Resource.ReadWrite(8, DataType.Float),
        Resource.ReadWrite(9, DataType.Time));
}
