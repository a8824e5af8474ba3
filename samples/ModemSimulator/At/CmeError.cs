namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Errors of +CME ERROR (3GPP 27.007 9.2) that the simulator gives.</summary>
internal static class CmeError
{
    public const int NotAllowed = 3;
    public const int NotSupported = 4;
    public const int NoSim = 10;
    public const int SimPin = 11;
    public const int SimPuk = 12;
    public const int WrongPassword = 16;
    public const int InvalidIndex = 21;
    public const int TextTooLong = 24;
    public const int NoNetwork = 30;
    public const int BadParameter = 50;
    public const int Unknown = 100;

    public static string TextOf(int code) => code switch
    {
        0 => "phone failure",
        1 => "no connection to phone",
        NotAllowed => "operation not allowed",
        NotSupported => "operation not supported",
        NoSim => "SIM not inserted",
        SimPin => "SIM PIN required",
        SimPuk => "SIM PUK required",
        13 => "SIM failure",
        14 => "SIM busy",
        WrongPassword => "incorrect password",
        20 => "memory full",
        InvalidIndex => "invalid index",
        TextTooLong => "text string too long",
        NoNetwork => "no network service",
        31 => "network timeout",
        BadParameter => "incorrect parameters",
        148 => "unspecified GPRS error",
        _ => "unknown",
    };
}
