using Lwm2m.Cellular;

namespace Lwm2m.Samples.DemoClient;

/// <summary>Turns what keeps the modem from working into events.</summary>
internal sealed class ModemEvents(EventLog log) : IModemListener
{
    public void OnModemState(ModemState state, long nowMs)
    {
    }

    public void OnModemStatus(long nowMs)
    {
    }

    public void OnModemFailure(ModemFailure reason, string text, long nowMs) => log.Error(ReasonOf(reason), text);

    private static string ReasonOf(ModemFailure reason) => reason switch
    {
        ModemFailure.PortMissing => "port-missing",
        ModemFailure.ModemSilent => "modem-silent",
        ModemFailure.SimMissing => "sim-missing",
        ModemFailure.SimPin => "sim-pin",
        ModemFailure.SimBlocked => "sim-blocked",
        ModemFailure.RegistrationDenied => "registration-denied",
        ModemFailure.NoNetwork => "no-network",
        ModemFailure.CommandRefused => "command-refused",
        _ => "modem-failed",
    };
}
