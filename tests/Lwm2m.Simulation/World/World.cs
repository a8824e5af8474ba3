using System;
using System.IO;
using Lwm2m.Formats;

namespace Lwm2m.Simulation;

/// <summary>
/// A world from a seed: one device with the real client, its servers, the network between them, and time. Storms, in which all kinds of
/// faults happen, take turns with calms, in which all must come right. What must always hold is checked after every event.
/// </summary>
internal sealed partial class World
{
    private const int TailLines = 60;

    private readonly Dice _dice;
    private string? _broken;
    private long _number = 1000;

    public World(Scenario scenario, TextWriter? trace = null)
    {
        Scenario = scenario;
        Log = new MessageLog(trace);
        _dice = new Dice((ulong)scenario.Seed * 3 + 3);
        Network = new Network(this, new Dice((ulong)scenario.Seed * 5 + 4));
        Servers = new Server[scenario.Servers];
        for (int index = 0; index < Servers.Length; index++)
            Servers[index] = new Server(this, index);
        Bootstrap = new BootstrapNode(this);
        Nodes = new Node[scenario.Servers + 1];
        Servers.CopyTo(Nodes, 0);
        Nodes[scenario.Servers] = Bootstrap;
        Device = new Device(this);
    }

    public Scenario Scenario { get; }

    public Agenda Agenda { get; } = new();

    public MessageLog Log { get; }

    public Network Network { get; }

    public Server[] Servers { get; }

    public BootstrapNode Bootstrap { get; }

    /// <summary>The servers, then the bootstrap server.</summary>
    public Node[] Nodes { get; }

    public Device Device { get; }

    public PayloadFormats Formats { get; } = new(new FormatLimits());

    public bool IsStorm => !Network.IsCalm;

    /// <summary>A number that nothing else in this world has: commands and values are told apart by it.</summary>
    public long NextNumber() => ++_number;

    public void Note(string what) => Log.Note(Agenda.NowMs, what);

    /// <summary>Something that must always hold does not. The first one counts; it may be called from within the engine.</summary>
    public void Break(string what)
    {
        if (_broken != null)
            return;
        _broken = what;
        Note("BROKEN: " + what);
    }

    /// <summary>Lets the world live.</summary>
    /// <exception cref="InvariantBrokenException">What broke, with the last messages and how to replay the seed.</exception>
    public void Run()
    {
        try
        {
            Live();
        }
        catch (Exception thrown) when (thrown is not InvariantBrokenException)
        {
            throw new InvariantBrokenException(Report("the engine or a server threw: " + thrown), thrown);
        }
    }

    private bool RunUntil(long untilMs, Func<bool>? done = null)
    {
        while (done == null || !done())
        {
            if (!Agenda.Step(untilMs))
                return false;
            Device.Check();
            if (_broken != null)
                throw new InvariantBrokenException(Report(_broken));
        }

        return true;
    }

    private string Report(string what) =>
        $"seed {Scenario.Seed}: {what}\n\n{Scenario}\n\nThe last messages:\n{Log.Tail(TailLines)}\n"
        + $"To see all of it: dotnet run --project tests/Lwm2m.Simulation -- {(Scenario.IsLife ? "--life" : "--seed")} {Scenario.Seed}";
}
