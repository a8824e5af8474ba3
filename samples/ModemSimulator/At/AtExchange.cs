using System;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>A command that is being carried out. It ends with exactly one final result, now or later.</summary>
internal sealed class AtExchange(SimulatedModem modem, AtCommand command)
{
    private bool _isDone;

    public AtCommand Command => command;

    public AtForm Form => command.Form;

    /// <summary>A line of the answer.</summary>
    public void Line(string text)
    {
        if (!_isDone)
            modem.WriteLine(text);
    }

    public void Ok()
    {
        if (Finish())
            modem.OnSuccess(null);
    }

    /// <summary>A final result of the vendor's in place of OK, such as <c>SEND OK</c>.</summary>
    public void Success(string text)
    {
        if (Finish())
            modem.OnSuccess(text);
    }

    public void Error() => Fail("ERROR");

    /// <summary>A failure in words of the vendor's, such as <c>SEND FAIL</c>.</summary>
    public void Fail(string text)
    {
        if (Finish())
            modem.OnFailure(text);
    }

    public void Cme(int code) => Fail(modem.ErrorLevel switch
    {
        0 => "ERROR",
        1 => $"+CME ERROR: {code}",
        _ => "+CME ERROR: " + CmeError.TextOf(code),
    });

    public void Cms(int code) => Fail(modem.ErrorLevel < 2 ? $"+CMS ERROR: {code}" : "+CMS ERROR: " + CmsError.TextOf(code));

    public void BadParameter() => Cme(CmeError.BadParameter);

    /// <summary>Asks for text up to Ctrl-Z; ESC gives null.</summary>
    public void Prompt(string prompt, Action<byte[]?> typed) => modem.StartPrompt(new AtPrompt(prompt, -1, typed));

    /// <summary>Asks for a number of raw bytes.</summary>
    public void Prompt(string prompt, int count, Action<byte[]?> typed) => modem.StartPrompt(new AtPrompt(prompt, count, typed));

    /// <summary>Carries out what most settings are: a number that is set, read and tested.</summary>
    /// <param name="value">Where it is kept.</param>
    /// <param name="min">Least value.</param>
    /// <param name="max">Greatest value.</param>
    public void Setting(ref int value, int min, int max)
    {
        switch (Form)
        {
            case AtForm.Read:
                Line($"{command.Name}: {value}");
                Ok();
                break;
            case AtForm.Test:
                Line(min == max ? $"{command.Name}: ({min})" : $"{command.Name}: ({min}-{max})");
                Ok();
                break;
            case AtForm.Set when command.Number(0) is { } number && number >= min && number <= max:
                value = number;
                Ok();
                break;
            default:
                BadParameter();
                break;
        }
    }

    private bool Finish()
    {
        if (_isDone)
            return false;
        _isDone = true;
        return true;
    }
}
