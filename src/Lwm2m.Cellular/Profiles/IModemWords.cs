namespace Lwm2m.Cellular;

/// <summary>Who knows what stands for the words of a command.</summary>
internal interface IModemWords
{
    /// <summary>Appends what stands for a word.</summary>
    /// <param name="command">The command.</param>
    /// <param name="word">One of <see cref="ModemWord"/>.</param>
    void WriteWord(AtCommand command, int word);
}
