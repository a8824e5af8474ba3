using Lwm2m.Client;
using Lwm2m.Transport;

namespace Lwm2m.Simulation;

/// <summary>The network between the device and its servers. In a storm it loses, doubles, delays and cuts; in a calm it delivers.</summary>
internal sealed class Network
{
    private const int LongestDelayMs = 60_000;

    private readonly World _world;
    private readonly Scenario _scenario;
    private readonly Dice _dice;
    private readonly long[] _cutUntilMs;

    public Network(World world, Dice dice)
    {
        _world = world;
        _scenario = world.Scenario;
        _dice = dice;
        _cutUntilMs = new long[_scenario.Servers + 1];
    }

    public bool IsCalm { get; set; }

    public long Datagrams { get; private set; }

    /// <summary>Nothing passes for a while: between the device and one server, or all of them (-1).</summary>
    public void Cut(int server, long forMs)
    {
        for (int index = 0; index < _cutUntilMs.Length; index++)
            if (server < 0 || index == server)
                _cutUntilMs[index] = _world.Agenda.NowMs + forMs;
        _world.Note("network: cut off from " + (server < 0 ? "all servers" : _world.Nodes[server].Name) + " for " + forMs / 1000 + " s");
    }

    public void ToServer(int address, int server, byte[] datagram)
    {
        Datagrams++;
        int copies = Copies(server);
        _world.Log.Message(_world.Agenda.NowMs, _world.Nodes[server].ArrowTo(copies), datagram);
        for (; copies > 0; copies--)
            _world.Agenda.In(Delay(), () => _world.Nodes[server].Receive(address, datagram));
    }

    public void ToDevice(int server, int address, byte[] datagram)
    {
        Datagrams++;
        for (int copies = Copies(server); copies > 0; copies--)
            _world.Agenda.In(Delay(), () => _world.Device.Receive(address, server, datagram));
    }

    /// <summary>Why a link to this server cannot be opened now, or null.</summary>
    public LinkFailure? OpenFailure(int server)
    {
        if (IsCalm || !IsCut(server) || _dice.Chance(50))
            return null;
        return _dice.Chance(50) ? LinkFailure.Unreachable : LinkFailure.NameNotFound;
    }

    private int Copies(int server)
    {
        if (IsCalm)
            return 1;
        if (IsCut(server) || _dice.Chance(_scenario.LossPercent))
            return 0;
        return _dice.Chance(_scenario.DuplicatePercent) ? 2 : 1;
    }

    private long Delay()
    {
        if (IsCalm)
            return _dice.Between(1, 50);
        return _dice.Chance(_scenario.SlowPercent) ? _dice.Between(0, LongestDelayMs) : _dice.Between(1, _scenario.BaseDelayMs);
    }

    private bool IsCut(int server) => _world.Agenda.NowMs < _cutUntilMs[server];
}
