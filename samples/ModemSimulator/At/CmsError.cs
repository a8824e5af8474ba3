namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Errors of +CMS ERROR (3GPP 27.005 3.2.5) that the simulator gives.</summary>
internal static class CmsError
{
    public const int NotAllowed = 302;
    public const int InvalidPdu = 304;
    public const int NoSim = 310;
    public const int InvalidIndex = 321;
    public const int NoNetwork = 331;
    public const int NoAcknowledgementExpected = 340;

    public static string TextOf(int code) => code switch
    {
        300 => "ME failure",
        NotAllowed => "operation not allowed",
        InvalidPdu => "invalid PDU mode parameter",
        NoSim => "SIM not inserted",
        320 => "memory failure",
        InvalidIndex => "invalid memory index",
        322 => "memory full",
        330 => "SMSC address unknown",
        NoNetwork => "no network service",
        332 => "network timeout",
        NoAcknowledgementExpected => "no +CNMA acknowledgement expected",
        _ => "unknown error",
    };
}
