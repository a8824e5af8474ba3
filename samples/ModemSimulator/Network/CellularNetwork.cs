using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>
/// A network in miniature that several modems share: a service centre for short messages, an exposure function for non-IP data, and IP to
/// this machine. Servers are reached by UDP, a socket for each device. Any thread may use it; events come outside of all locks, in order.
/// </summary>
public sealed class CellularNetwork : IDisposable
{
    private readonly Dictionary<string, SmsApplication> _applications = [];
    private readonly Dictionary<string, NonIpApn> _apns = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (ISubscriber Device, Mailbox Mailbox)> _devices = [];
    private readonly Dictionary<(string Host, int Port), ServerLinkFactory> _udpServers = [];
    private readonly List<ScefContext> _contexts = [];
    private readonly Random _random;
    private int _lostShortMessages;

    /// <summary>Makes a network.</summary>
    /// <param name="options">Without them it is quick and loses nothing.</param>
    public CellularNetwork(CellularNetworkOptions? options = null)
    {
        Options = options ?? new CellularNetworkOptions();
        Loop = new SimulationLoop(Options.Time);
        _random = new Random(Options.Seed);
    }

    /// <summary>The service centre took a message, from a device or for one.</summary>
    public event EventHandler<ShortMessageEventArgs>? ShortMessageAccepted;

    /// <summary>A device took and acknowledged a message.</summary>
    public event EventHandler<ShortMessageEventArgs>? ShortMessageDelivered;

    /// <summary>A non-IP packet crossed the network.</summary>
    public event EventHandler<NonIpPacketEventArgs>? NonIpPacket;

    /// <summary>What it is like.</summary>
    public CellularNetworkOptions Options { get; }

    /// <summary>What crossed the air, of all devices together.</summary>
    public TrafficCounters Traffic { get; } = new();

    /// <summary>Short messages that were lost by chance.</summary>
    public int LostShortMessages => Volatile.Read(ref _lostShortMessages);

    internal SimulationLoop Loop { get; }

    /// <summary>Gives a server a number.</summary>
    /// <param name="number">Such as <c>+491700000001</c>.</param>
    /// <param name="server">Where its UDP port is, on this machine.</param>
    public void AddSmsApplication(string number, IPEndPoint server) => AddSmsApplication(number, UdpServerLink.To(server));

    /// <summary>The same over links of another kind.</summary>
    /// <param name="number">Number.</param>
    /// <param name="server">Makes a link for each device.</param>
    public void AddSmsApplication(string number, ServerLinkFactory server) =>
        Loop.Run(() => _applications[PhoneNumber.Normalise(number)] = new SmsApplication(this, number, server));

    /// <summary>Adds a non-IP access point.</summary>
    /// <param name="apn">Its name.</param>
    /// <param name="server">Where the UDP port of the server behind it is, on this machine.</param>
    /// <param name="options">What is allowed on it.</param>
    public NonIpApn AddNonIpApn(string apn, IPEndPoint server, NonIpApnOptions? options = null) => AddNonIpApn(apn, UdpServerLink.To(server), options);

    /// <summary>The same over links of another kind.</summary>
    /// <param name="apn">Its name.</param>
    /// <param name="server">Makes a link for each device.</param>
    /// <param name="options">What is allowed on it.</param>
    public NonIpApn AddNonIpApn(string apn, ServerLinkFactory server, NonIpApnOptions? options = null)
    {
        var added = new NonIpApn(apn, server, options ?? new NonIpApnOptions());
        Loop.Run(() => _apns[apn] = added);
        return added;
    }

    /// <summary>Adds a server that modems reach by UDP without a real socket, for tests on a clock that stands still.</summary>
    /// <param name="host">Its address or name, as a modem's host gives it.</param>
    /// <param name="port">Its port.</param>
    /// <param name="server">Makes a link for each socket that sends there.</param>
    public void AddUdpServer(string host, int port, ServerLinkFactory server) => Loop.Run(() => _udpServers[(host, port)] = server);

    /// <summary>Sends a CoAP message to a device by SMS, as a server would that wakes it up.</summary>
    /// <param name="number">The device's.</param>
    /// <param name="message">CoAP message, such as a POST of /1/0/8.</param>
    /// <param name="wapPush">As a WAP push (LwM2M Core 1.1, appendix L), otherwise as it is.</param>
    /// <param name="from">Sender; without it the number of the first application.</param>
    /// <exception cref="InvalidOperationException">There is no application, and no sender was given.</exception>
    public void SendTrigger(string number, byte[] message, bool wapPush = false, string? from = null) => Loop.Run(() =>
    {
        string sender = from ?? _applications.Values.FirstOrDefault()?.Number
            ?? throw new InvalidOperationException("No application has a number: add one, or say who sends.");
        foreach ((byte[] data, bool hasHeader) in MessageSplitter.Split(message, (byte)_random.Next(256), wapPush))
            Submit(ShortMessage.OfData(sender, number, data, hasHeader));
    });

    /// <summary>Hands a message to the service centre.</summary>
    /// <param name="message">One part, or a whole.</param>
    public void Send(ShortMessage message) => Loop.Run(() => Submit(message));

    /// <summary>Sends text of at most 160 characters.</summary>
    /// <param name="from">Sender.</param>
    /// <param name="to">Receiver.</param>
    /// <param name="text">Text.</param>
    public void SendText(string from, string to, string text) => Send(new ShortMessage
    {
        From = from,
        To = to,
        DataCoding = 0,
        UserData = SevenBitText.Pack(text.Length > 160 ? throw new ArgumentException("160 characters fit a short message.", nameof(text)) : text),
        UserDataLength = text.Length,
    });

    /// <summary>Sends a non-IP packet to a device.</summary>
    /// <param name="number">The device's.</param>
    /// <param name="apn">Access point.</param>
    /// <param name="data">Packet.</param>
    /// <returns>False when the device never had a context there. Otherwise it gets the packet when it can be reached.</returns>
    public bool SendNonIp(string number, string apn, byte[] data)
    {
        bool isKnown = false;
        Loop.Run(() =>
        {
            ScefContext? context = _contexts.Find(c => c.Number == PhoneNumber.Normalise(number) && string.Equals(c.Apn.Name, apn, StringComparison.OrdinalIgnoreCase));
            context?.Down(data);
            isKnown = context != null;
        });
        return isKnown;
    }

    /// <summary>Short messages that wait for a device.</summary>
    /// <param name="number">The device's.</param>
    public int WaitingShortMessages(string number) =>
        Loop.Ask(() => _devices.TryGetValue(PhoneNumber.Normalise(number), out (ISubscriber, Mailbox Mailbox) device) ? device.Mailbox.Count : 0);

    /// <summary>Ends it. Modems in it have to be disposed of before.</summary>
    public void Dispose()
    {
        Loop.Run(() =>
        {
            foreach (SmsApplication application in _applications.Values)
                application.Dispose();
            foreach (ScefContext context in _contexts)
                context.Dispose();
        });
        Loop.Stop();
    }

    internal void Add(ISubscriber device) => _devices[device.Number] = (device, new Mailbox(this, device));

    internal void Remove(ISubscriber device) => _devices.Remove(device.Number);

    internal NonIpApn? FindApn(string name) => _apns.GetValueOrDefault(name);

    internal ServerLinkFactory? FindUdpServer(string host, int port) => _udpServers.GetValueOrDefault((host, port));

    internal bool HasUdpServer(string host) => _udpServers.Keys.Any(k => k.Host == host);

    internal ScefContext Open(NonIpApn apn, ISubscriber device, Action<byte[]> received)
    {
        ScefContext? context = _contexts.Find(c => c.Apn == apn && c.Number == device.Number);
        if (context == null)
            _contexts.Add(context = new ScefContext(this, apn, device));
        context.Open(device, received);
        return context;
    }

    internal bool Chance(double probability) => probability > 0 && _random.NextDouble() < probability;

    internal void Count(ISubscriber device, Bearer bearer, AirDirection direction, int payload, int header = 0)
    {
        Traffic.Add(bearer, direction, payload, header);
        device.Traffic.Add(bearer, direction, payload, header);
    }

    internal void CountSms(ISubscriber device, ShortMessage message, AirDirection direction)
    {
        int payload = message.Payload.Length;
        Count(device, Bearer.Sms, direction, payload, message.UserData.Length - payload);
    }

    internal void Submit(ShortMessage message)
    {
        ShortMessage stamped = message with { Time = Loop.Now };
        Loop.Tell(() => ShortMessageAccepted?.Invoke(this, new ShortMessageEventArgs(stamped)));
        if (Chance(Options.SmsLoss))
        {
            _lostShortMessages++;
            return;
        }
        int copies = Chance(Options.SmsDuplication) ? 2 : 1;
        for (int i = 0; i < copies; i++)
            Loop.After(Options.SmsDelay, () => Route(stamped));
    }

    internal void OnDelivered(ShortMessage message) => Loop.Tell(() => ShortMessageDelivered?.Invoke(this, new ShortMessageEventArgs(message)));

    internal void OnNonIp(string number, string apn, AirDirection direction, byte[] data) =>
        Loop.Tell(() => NonIpPacket?.Invoke(this, new NonIpPacketEventArgs(number, apn, direction, data)));

    // A number that nobody has swallows what is sent to it.
    private void Route(ShortMessage message)
    {
        string to = PhoneNumber.Normalise(message.To);
        if (_devices.TryGetValue(to, out (ISubscriber, Mailbox Mailbox) device))
            device.Mailbox.Add(message, Chance(Options.SmsReordering));
        else if (_applications.TryGetValue(to, out SmsApplication? application))
            application.Receive(message);
    }
}
