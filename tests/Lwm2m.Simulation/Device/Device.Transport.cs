using System;
using Lwm2m.Client;
using Lwm2m.Coap;
using Lwm2m.Transport;

namespace Lwm2m.Simulation;

// The device's network: links, addresses, and what must never go out.
internal sealed partial class Device : ITransport
{
    public const int MaxLinks = 4;
    private const int FirstPort = 50000;
    private const int LastPort = 65000;

    private readonly Link[] _links = new Link[MaxLinks];
    private readonly CoapMessage _sent = new();
    private int _nextPort = FirstPort;

    /// <summary>The address of the device as servers see it: the upper half of the address of each of its ports.</summary>
    public int Host { get; private set; } = 1;

    public char Binding => 'U';

    public bool IsReliable => false;

    public IPump Source => throw new NotSupportedException();

    public int AckTimeoutMs => 0;

    public int MaxRetransmit => -1;

    public bool TakesBlocks(int link) => true;

    public bool IsHeldBack(int link) => false;

    public bool CanOpen(int link, ServerUri uri) => uri.Scheme == "coap";

    public int MaxDatagramBytes(int link) => 1500;

    public int LocalPort(int link) => _links[link].IsUp ? _links[link].LocalPort : 0;

    public void Open(int link, ServerUri uri, int localPort)
    {
        long own = BeginOwn();
        Link opened = _links[link];
        Shut(opened);
        opened.IsOpen = true;
        opened.Server = uri.Host[0] == 'b' ? _scenario.Servers : uri.Host[1] - '1';
        opened.LocalPort = localPort == 0 ? NextPort() : localPort;
        opened.IsPortAsked = localPort != 0;
        opened.OpenedMs = World.Agenda.NowMs;
        opened.PromisedMs = long.MaxValue;
        int generation = opened.Generation;
        World.Agenda.In(_dice.Between(0, 200), () => Settle(link, generation));
        EndOwn(own);
    }

    public bool Send(int link, byte[] buffer, int offset, int count)
    {
        if (_isPowerGone)
            return false;
        long own = BeginOwn();
        byte[] datagram = buffer.AsSpan(offset, count).ToArray();
        Link over = _links[link];
        CheckSent(link, over, datagram);
        if (over.IsUp)
            World.Network.ToServer(Host << 16 | over.LocalPort, over.Server, datagram);
        EndOwn(own);
        return over.IsUp;
    }

    public void Close(int link)
    {
        long own = BeginOwn();
        Shut(_links[link]);
        EndOwn(own);
    }

    /// <summary>The device gets another address. It may notice (its links are lost) or not (a router did it).</summary>
    public void ChangeAddress(bool notices)
    {
        Host++;
        World.Note("device: new address " + Host + (notices ? "" : ", unnoticed"));
        for (int link = 0; notices && IsOn && link < MaxLinks; link++)
            LoseLink(link);
    }

    public void LoseLink(int index)
    {
        Link link = _links[index];
        if (!IsOn || !link.IsUp)
            return;
        Stir();
        World.Note("device: link " + index + " is lost");
        Shut(link);
        _client!.LinkDown(index, LinkFailure.Closed, World.Agenda.NowMs);
        Poll();
    }

    /// <summary>The account at this server, or null where there is none.</summary>
    public ServerAccount? AccountAt(Server server)
    {
        for (int index = 0; IsOn && index < Client.AccountCount; index++)
            if (Client.Account(index).ShortServerId == server.Index + 1)
                return Client.Account(index);
        return null;
    }

    /// <summary>The address that the server with this place would have to send to; 0 where no link is up.</summary>
    public int AddressFor(int link) => _links[link].IsUp ? Host << 16 | _links[link].LocalPort : 0;

    private static void Shut(Link link)
    {
        link.Generation++;
        link.IsOpen = false;
        link.IsUp = false;
        link.PromisedMs = long.MaxValue;
    }

    private int NextPort()
    {
        _nextPort = _nextPort == LastPort ? FirstPort : _nextPort + 1;
        return _nextPort;
    }

    private int LinkAt(int address, int server)
    {
        if (address >> 16 != Host)
            return -1;
        for (int index = 0; index < MaxLinks; index++)
            if (_links[index].IsUp && _links[index].LocalPort == (address & 0xFFFF) && _links[index].Server == server)
                return index;
        return -1;
    }

    private void Settle(int index, int generation)
    {
        Link link = _links[index];
        if (!IsOn || link.Generation != generation)
            return;
        Stir();
        LinkFailure? failure = link.IsPortAsked && World.IsStorm && _dice.Chance(5)
            ? LinkFailure.LocalPortInUse
            : World.Network.OpenFailure(link.Server);
        if (failure != null)
        {
            Shut(link);
            _client!.LinkDown(index, failure.Value, World.Agenda.NowMs);
        }
        else
        {
            link.IsUp = true;
            _client!.LinkUp(index, World.Agenda.NowMs);
        }

        Poll();
    }

    private void CheckSent(int index, Link link, byte[] datagram)
    {
        if (World.Agenda.NowMs < _silentUntilMs)
            World.Break("the device may sleep, the client said, and yet it sent " + MessageText.Of(datagram));
        if (!link.IsOpen)
            World.Break("a datagram was sent over a closed link: " + MessageText.Of(datagram));
        if (_sent.Parse(datagram, 0, datagram.Length) != CoapParseStatus.Ok)
            World.Break("a malformed datagram was sent: " + Convert.ToHexString(datagram));
        else
            LeaveDoor(index, _sent);
        if (index >= Client.AccountCount)
            return;
        ServerAccount account = Client.Account(index);
        if (account.State == RegistrationState.Disabled || account.State == RegistrationState.Asleep || account.State == RegistrationState.Off)
            World.Break($"{account.State} at server {account.ShortServerId}, and yet it said " + MessageText.Of(datagram));
        if (_sent.Code == CoapCode.Post && _sent.PathCount == 1 && account.State != RegistrationState.Registering && IsRegister(_sent))
            World.Break($"a Register goes to server {account.ShortServerId} in state {account.State}");
    }

    private static bool IsRegister(CoapMessage message)
    {
        int at = message.PathSegment(0, out int length);
        return length == 2 && message.Buffer[at] == 'r' && message.Buffer[at + 1] == 'd';
    }
}
