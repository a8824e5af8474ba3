using System.Text;
using Lwm2m.Cellular;
using Lwm2m.Coap;
using Lwm2m.NanoGate.Steps;
using Lwm2m.Transport;

namespace Lwm2m.NanoGate.Report.Scenarios;

/// <summary>
/// The AT engine with the non-IP binding on it: a generic modem that is registered, and one open link for messages of 560 bytes. The machine that
/// starts the modem is not priced here.
/// </summary>
public sealed class ModemScenario : BoardScenario
{
    // What a board can spare for the engine and the binding.
    private const int HeapCeiling = 4_000;

    private readonly Port _port = new();
    private readonly Events _events = new();
    private readonly byte[] _message = new byte[20];
    private CellularModem _modem = null!;
    private NonIpTransport _nonIp = null!;
    private long _nowMs = 1_000_000;

    public override IReadOnlyList<BoardOperation> Operations =>
    [
        new BoardOperation("+CRTDCP with 20 bytes in", Pump)
        {
            Prepare = () => _port.Say($"\r\n+CRTDCP: 1,20,\"{Convert.ToHexString(_message)}\"\r\n"),
            Check = () => _events.TakeReceived() == 1 ? null : "it did not arrive",
            WalksOnPurpose = true, // each Pump asks every link whether it is due
        },
        new BoardOperation("+CSODCP with 20 bytes out, until OK", Send)
        {
            Prepare = () => _port.Sent = 0,
            Check = () => _port.Sent == 1 ? null : "it was not sent",
            WalksOnPurpose = true,
        },
        new BoardOperation("+CEREG in: another cell", Pump)
        {
            Prepare = () => _port.Say($"\r\n+CEREG: 1,\"1A2B\",\"{++_nowMs & 0xFFFFFFF:X8}\",9\r\n"),
            WalksOnPurpose = true,
        },
        new BoardOperation("Pump, nothing there", Pump) { WalksOnPurpose = true },
    ];

    public override IReadOnlyList<object> Roots => [_modem.Engine, _nonIp];

    // Those of the client are priced with the client.
    public override bool HasStaticsOf(string library) => library == "Lwm2m.Cellular";

    public override int MaxHeapBytes => HeapCeiling;

    public override bool IsFake(object item) => item is CellularModem or IModemPort || base.IsFake(item);

    public override void Start(bool isFull)
    {
        int message = isFull ? 1358 : 560;
        _modem = new CellularModem(_port, new ModemOptions { LineBytes = message + 40, MaxServices = 2, MaxData = 2, SignalPeriodSeconds = 0 });
        _nonIp = new NonIpTransport(_modem, new NonIpOptions { Apn = "lwm2m.nidd", MaxLinks = isFull ? 8 : 1, MaxMessageBytes = message });
        _nonIp.Open(0, ServerUri.TryParse("coap+nidd://lwm2m.nidd")!, 0);
        for (int round = 0; round < 200 && (round < 100 || !_events.IsUp); round++)
        {
            _nowMs += 100;
            Pump();
        }

        if (!_events.IsUp || _modem.State != ModemState.Ready)
            throw new InvalidOperationException("The modem does not start.");
    }

    private void Pump() => _modem.Pump(_events, _nowMs);

    private void Send()
    {
        _nonIp.Send(0, _message, 0, _message.Length);
        Pump();
        Pump();
    }

    /// <summary>A modem that answers at once.</summary>
    private sealed class Port : IModemPort
    {
        private readonly StringBuilder _line = new();
        private int _count;

        public int Sent { get; set; }

        public bool IsOpen => true;

        public int Openings => 1;

        public byte[] Input { get; } = new byte[4096];

        public int Write(byte[] buffer, int offset, int count)
        {
            for (int index = offset; index < offset + count; index++)
            {
                if (buffer[index] != '\r')
                {
                    _line.Append((char)buffer[index]);
                    continue;
                }

                Answer(_line.ToString());
                _line.Clear();
            }

            return count;
        }

        public int Peek(out int offset)
        {
            offset = 0;
            return _count;
        }

        public void Take(int count)
        {
            Array.Copy(Input, count, Input, 0, _count - count);
            _count -= count;
        }

        public void Attach(IWakeUp? runner)
        {
        }

        public void Say(string bytes) => _count += Encoding.ASCII.GetBytes(bytes, 0, bytes.Length, Input, _count);

        private void Answer(string command)
        {
            if (command.StartsWith("AT+CSODCP=1,", StringComparison.Ordinal))
                Sent++;
            Say(command switch
            {
                "AT+CPIN?" => "\r\n+CPIN: READY\r\n",
                "AT+CEREG?" => "\r\n+CEREG: 4,1,\"1A2B\",\"01C0FFEE\",9\r\n",
                "AT+CGSN=1" => "\r\n+CGSN: \"490154203237518\"\r\n",
                "AT+CIMI" => "\r\n262011234567890\r\n",
                _ => "",
            });
            Say("\r\nOK\r\n");
        }
    }

    /// <summary>The client above.</summary>
    private sealed class Events : ILinkEvents
    {
        private int _received;

        public bool IsUp { get; private set; }

        public int TakeReceived()
        {
            int received = _received;
            _received = 0;
            return received;
        }

        public void LinkUp(int link, long nowMs) => IsUp = true;

        public void LinkDown(int link, LinkFailure reason, long nowMs) => IsUp = false;

        public void Received(int link, byte[] buffer, int offset, int count, long nowMs) => _received++;

        public void ReceivedTooLarge(int link, byte[] buffer, int offset, int count, long nowMs)
        {
        }

        public void Recovered(long nowMs)
        {
        }

        public long Poll(long nowMs) => long.MaxValue;
    }
}
