namespace Lwm2m.Samples.ModemSimulator;

/// <summary>BC660K: context 0, that of the attach, is defined by a command of its own. It takes effect with the next attach.</summary>
internal sealed class QuectelDefaultContext : ModemFeature
{
    public QuectelDefaultContext(SimulatedModem modem)
        : base(modem) => modem.On("+QCGDEFCONT", Define);

    private void Define(AtExchange e)
    {
        PacketContext context = Modem.Contexts[0];
        switch (e.Form)
        {
            case AtForm.Read:
                if (context.Type.Length > 0)
                    e.Line($"+QCGDEFCONT: \"{context.Type}\",\"{context.Apn}\"");
                e.Ok();
                break;
            case AtForm.Test:
                e.Line($"+QCGDEFCONT: (\"IP\",\"IPV6\",\"IPV4V6\",\"{Modem.Profile.NonIp}\")");
                e.Ok();
                break;
            case AtForm.Set when Modem.Contexts.IsType(e.Command.Text(0)):
                Modem.Contexts.Define(0, e.Command.Text(0), e.Command.Text(1));
                e.Ok();
                break;
            default:
                e.BadParameter();
                break;
        }
    }
}
