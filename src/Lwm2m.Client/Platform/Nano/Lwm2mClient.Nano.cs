using System;
using Lwm2m.Transport;

namespace Lwm2m.Client;

// What the board has in place of a task: a loop for a thread of the application's choice.
public sealed partial class Lwm2mClient
{
    private const int GoodbyeMs = 5000;
    private const int GoodbyeStepMs = 200;

    /// <summary>
    /// Runs the client on the calling thread until <see cref="Stop"/>: connects, registers, serves, and comes back whenever a
    /// server or the network was away. Stopping de-registers from every server and waits at most five seconds for their answers.
    /// Without <see cref="UseTransport(ITransport)"/> before, UDP is used. To run beside other work: <c>new Thread(client.Run).Start()</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no server account, or the client runs already.</exception>
    public void Run()
    {
        if (_runner != null)
            throw new InvalidOperationException("The client runs already.");
        if (_transports.Length == 0)
            UseTransport(new UdpTransport(_accounts.Length + (_card != null || Security.BootstrapInstance() >= 0 ? 1 : 0), _coap.MaxMessageBytes));
        PumpSet pumps = new PumpSet(_transports);
        SystemClock clock = new SystemClock();
        ClientRunner runner = new ClientRunner((ILinkEvents?)_sessions ?? this, pumps, clock, Gate);
        AttachRunner(runner);
        pumps.Attach(true);
        try
        {
            Start();
            long leaveByMs = long.MaxValue;
            while (!IsStopped && clock.NowMs < leaveByMs)
            {
                if (_stopping && leaveByMs == long.MaxValue)
                    leaveByMs = clock.NowMs + GoodbyeMs;
                // The last answer may be all that comes: nothing would end a wait after it.
                runner.Step(_stopping ? clock.NowMs + GoodbyeStepMs : leaveByMs);
            }
        }
        finally
        {
            AttachRunner(null);
            pumps.Attach(false);
        }
    }
}
