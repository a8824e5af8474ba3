namespace Lwm2m.Cellular;

/// <summary>Names of the errors that modems number (27.007 9.2 for <c>+CME</c>, 27.005 3.2.5 for <c>+CMS</c>).</summary>
public static class AtError
{
    /// <summary>+CME: the modem does not allow this now.</summary>
    public const int NotAllowed = 3;

    /// <summary>+CME: the modem does not know this.</summary>
    public const int NotSupported = 4;

    /// <summary>+CME: no SIM.</summary>
    public const int SimMissing = 10;

    /// <summary>+CME: the SIM wants its PIN.</summary>
    public const int SimPin = 11;

    /// <summary>+CME: the SIM wants its PUK.</summary>
    public const int SimPuk = 12;

    /// <summary>+CME: the SIM does not work.</summary>
    public const int SimFailure = 13;

    /// <summary>+CME: the SIM is not ready yet.</summary>
    public const int SimBusy = 14;

    /// <summary>+CME: the modem is bound to another SIM.</summary>
    public const int SimWrong = 15;

    /// <summary>+CME: the PIN or password is wrong.</summary>
    public const int WrongPassword = 16;

    /// <summary>A few words on an error, for logs and events.</summary>
    /// <param name="result">Tells whose number it is.</param>
    /// <param name="number">The number; see <see cref="IAtUser.OnResult"/>.</param>
    public static string Name(AtResult result, int number)
    {
        switch (result)
        {
            case AtResult.Ok:
                return "ok";
            case AtResult.TimedOut:
                return "the modem gave no answer in time";
            case AtResult.Reset:
                return "the modem started anew";
            case AtResult.NotSent:
                return "the command cannot be written";
            case AtResult.CmeError:
                return Equipment(number);
            case AtResult.CmsError:
                return Message(number);
            default:
                return "refused by the modem";
        }
    }

    /// <summary>The number of a <c>+CME ERROR</c> that a modem wrote as text, as <c>AT+CMEE=2</c> has it; -1 for one that is not known.</summary>
    internal static int Number(AtLine line, int offset)
    {
        if (line.HasAt(offset, "SIM not inserted"))
            return SimMissing;
        if (line.HasAt(offset, "SIM PIN required"))
            return SimPin;
        if (line.HasAt(offset, "SIM PUK required"))
            return SimPuk;
        if (line.HasAt(offset, "SIM failure"))
            return SimFailure;
        if (line.HasAt(offset, "SIM busy"))
            return SimBusy;
        if (line.HasAt(offset, "SIM wrong"))
            return SimWrong;
        if (line.HasAt(offset, "incorrect password"))
            return WrongPassword;
        if (line.HasAt(offset, "operation not allowed"))
            return NotAllowed;
        if (line.HasAt(offset, "operation not supported"))
            return NotSupported;
        if (line.HasAt(offset, "no network service"))
            return 30;
        if (line.HasAt(offset, "network timeout"))
            return 31;
        return line.HasAt(offset, "unknown") ? 100 : -1;
    }

    private static string Equipment(int number)
    {
        switch (number)
        {
            case 0:
                return "the modem failed";
            case NotAllowed:
                return "not allowed now";
            case NotSupported:
                return "not supported";
            case SimMissing:
                return "no SIM";
            case SimPin:
                return "the SIM wants its PIN";
            case SimPuk:
                return "the SIM wants its PUK";
            case SimFailure:
                return "the SIM failed";
            case SimBusy:
                return "the SIM is busy";
            case SimWrong:
                return "wrong SIM";
            case WrongPassword:
                return "wrong PIN or password";
            case 20:
                return "memory full";
            case 21:
                return "no such index";
            case 22:
                return "not found";
            case 30:
                return "no network";
            case 31:
                return "the network gave no answer";
            case 32:
                return "the network allows emergency calls only";
            case 50:
                return "wrong parameters";
            case 103:
                return "the network refuses this subscriber";
            case 106:
                return "the network refuses this device";
            case 107:
                return "packet service is not allowed";
            case 111:
                return "this network is not allowed";
            case 112:
                return "this area is not allowed";
            case 113:
                return "roaming is not allowed here";
            case 132:
                return "the network does not offer this";
            case 133:
                return "not subscribed to this";
            case 134:
                return "out of order for now";
            case 148:
                return "packet service failed";
            case 149:
                return "the APN refuses name or password";
            default:
                return "error of the modem";
        }
    }

    private static string Message(int number)
    {
        switch (number)
        {
            case 38:
                return "the network is out of order";
            case 41:
                return "the network failed for now";
            case 300:
                return "the modem failed";
            case 302:
                return "not allowed now";
            case 304:
                return "a parameter of the PDU is wrong";
            case 310:
                return "no SIM";
            case 320:
                return "the memory failed";
            case 321:
                return "no such index";
            case 322:
                return "memory full";
            case 330:
                return "the service centre is unknown";
            case 331:
                return "no network";
            case 332:
                return "the network gave no answer";
            case 340:
                return "nothing waits for an acknowledgement";
            default:
                return number > 0 && number < 128 ? "refused by the network" : "error of the short message service";
        }
    }
}
