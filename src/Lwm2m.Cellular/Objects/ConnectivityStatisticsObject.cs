using Lwm2m.Client;
using Lwm2m.Formats;
using Lwm2m.Transport;

namespace Lwm2m.Cellular;

/// <summary>
/// The Connectivity Statistics object (/7): counts short messages, and messages over IP and non-IP, while a server wants it to. It has one
/// instance, 0. Transports of a modem tell it by <see cref="ITrafficListener"/>, others through a <see cref="CountedTransport"/>.
/// <para>What is counted causes no notification by itself: that would be counted in turn, and cause the next one. Observations are told of
/// a start and of an end, and get present values with each <c>pmax</c>.</para>
/// </summary>
public class ConnectivityStatisticsObject : Lwm2mObject, ITrafficListener
{
    private const int SmsSent = 0;
    private const int SmsReceived = 1;
    private const int BytesSent = 2;
    private const int BytesReceived = 3;
    private const int Longest = 4;
    private const int Messages = 5;
    private const int PeriodSeconds = 6;
    private const int EndMs = 7;
    private const int HeaderBytes = 8;

    // The end while nothing is collected.
    private const long NotCollecting = -1;
    private const int IPv4HeaderBytes = 20;
    private const int UdpHeaderBytes = 8;
    private const int TcpHeaderBytes = 20;
    private const int Kilobyte = 1000;

    private readonly IClock _clock;

    // One array: a field costs a board as much as a long in an array, and half more.
    private readonly long[] _numbers = new long[HeaderBytes + 1];

    /// <summary>Makes the object with its instance 0. Nothing is counted before <see cref="Start"/>.</summary>
    /// <param name="clock">Tells when a collection period is over.</param>
    public ConnectivityStatisticsObject(IClock clock)
        : base(Define())
    {
        _clock = clock;
        _numbers[EndMs] = NotCollecting;
        _numbers[HeaderBytes] = IPv4HeaderBytes;
        AddInstance(0);
    }

    /// <summary>True from <see cref="Start"/> to <see cref="Stop"/> or to the end of the period.</summary>
    public bool IsCollecting
    {
        get
        {
            lock (_numbers)
                return _numbers[EndMs] >= _clock.NowMs;
        }
    }

    /// <summary>Collection Period (/7/0/8) in seconds; 0, the default, is until <see cref="Stop"/>. It counts from the next start on.</summary>
    public long CollectionPeriod
    {
        get => Number(PeriodSeconds);
        set
        {
            lock (_numbers)
                _numbers[PeriodSeconds] = value;
            Changed(0, ConnectivityStatisticsResource.CollectionPeriod);
        }
    }

    /// <summary>Bytes of an IP header, which are counted with each message of the bindings U and T: 20 for IPv4, the default; 40 for IPv6.</summary>
    public int IPHeaderBytes
    {
        get => (int)Number(HeaderBytes);
        set
        {
            lock (_numbers)
                _numbers[HeaderBytes] = value;
        }
    }

    /// <summary>Sets everything to 0 and starts to count, as a server does by executing /7/0/6.</summary>
    public void Start()
    {
        lock (_numbers)
        {
            for (int counter = SmsSent; counter <= Messages; counter++)
                _numbers[counter] = 0;
            long period = _numbers[PeriodSeconds];
            _numbers[EndMs] = period == 0 ? long.MaxValue : _clock.NowMs + period * 1000;
        }

        Changed(0);
    }

    /// <summary>Stops to count and keeps the values, as a server does by executing /7/0/7.</summary>
    public void Stop()
    {
        lock (_numbers)
            _numbers[EndMs] = NotCollecting;
        Changed(0);
    }

    /// <inheritdoc/>
    public void Sent(char binding, int bytes) => Count(binding, bytes, SmsSent, BytesSent);

    /// <inheritdoc/>
    public void Received(char binding, int bytes) => Count(binding, bytes, SmsReceived, BytesReceived);

    /// <inheritdoc/>
    protected override Outcome Read(int instance, int resource, ValueWriter value)
    {
        lock (_numbers)
        {
            switch (resource)
            {
                case ConnectivityStatisticsResource.TxData:
                    return value.Integer(_numbers[BytesSent] / Kilobyte);
                case ConnectivityStatisticsResource.RxData:
                    return value.Integer(_numbers[BytesReceived] / Kilobyte);
                case ConnectivityStatisticsResource.AverageMessageSize:
                    return value.Integer(_numbers[Messages] == 0 ? 0 : (_numbers[BytesSent] + _numbers[BytesReceived]) / _numbers[Messages]);
                case ConnectivityStatisticsResource.CollectionPeriod:
                    return value.Integer(_numbers[PeriodSeconds]);
                default:
                    // Short messages and the longest message stand where their resource ids say.
                    return value.Integer(_numbers[resource]);
            }
        }
    }

    /// <inheritdoc/>
    protected override Outcome Write(int instance, int resource, ValueReader value)
    {
        Outcome outcome = value.GetInteger(out long seconds);
        if (outcome != Outcome.Ok)
            return outcome;
        lock (_numbers)
            _numbers[PeriodSeconds] = seconds;
        return Outcome.Ok;
    }

    /// <inheritdoc/>
    protected override Outcome Execute(int instance, int resource, ExecuteArguments arguments)
    {
        if (resource == ConnectivityStatisticsResource.Start)
            Start();
        else
            Stop();
        return Outcome.Ok;
    }

    /// <inheritdoc/>
    protected override bool IsStatic(int instance) => true;

    private void Count(char binding, int bytes, int messages, int data)
    {
        bool isOver = false;
        lock (_numbers)
        {
            long endMs = _numbers[EndMs];
            if (endMs == NotCollecting)
                return;
            // The clock is asked only where there is a period.
            if (endMs != long.MaxValue && _clock.NowMs > endMs)
            {
                _numbers[EndMs] = NotCollecting;
                isOver = true;
            }
            else if (binding == 'S')
                _numbers[messages]++;
            else
            {
                // The registry wants all headers from IP upward (/7, note); TCP's own segments stay unseen.
                if (binding == 'U')
                    bytes += (int)_numbers[HeaderBytes] + UdpHeaderBytes;
                else if (binding == 'T')
                    bytes += (int)_numbers[HeaderBytes] + TcpHeaderBytes;
                _numbers[data] += bytes;
                _numbers[Messages]++;
                if (bytes > _numbers[Longest])
                    _numbers[Longest] = bytes;
            }
        }

        if (isOver)
            Changed(0);
    }

    private long Number(int place)
    {
        lock (_numbers)
            return _numbers[place];
    }

    // A period that fits 32 bits, so that its end in milliseconds fits a long.
    private static ObjectDefinition Define() => ObjectDefinition.Single(
        ObjectIds.ConnectivityStatistics,
        "1.0",
        Resource.ReadOnly(ConnectivityStatisticsResource.SmsTxCounter, DataType.Integer),
        Resource.ReadOnly(ConnectivityStatisticsResource.SmsRxCounter, DataType.Integer),
        Resource.ReadOnly(ConnectivityStatisticsResource.TxData, DataType.Integer),
        Resource.ReadOnly(ConnectivityStatisticsResource.RxData, DataType.Integer),
        Resource.ReadOnly(ConnectivityStatisticsResource.MaxMessageSize, DataType.Integer),
        Resource.ReadOnly(ConnectivityStatisticsResource.AverageMessageSize, DataType.Integer),
        Resource.Executable(ConnectivityStatisticsResource.Start, mandatory: true),
        Resource.Executable(ConnectivityStatisticsResource.Stop, mandatory: true),
        Resource.ReadWrite(ConnectivityStatisticsResource.CollectionPeriod, DataType.Integer))
        .WithRange(ConnectivityStatisticsResource.CollectionPeriod, 0, uint.MaxValue);
}
