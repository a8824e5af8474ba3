namespace Lwm2m.Cellular.Tests;

/// <summary>A modem that answers from prepared bytes and allocates nothing: each carriage return, and each Ctrl-Z, is worth the next answer of a ring.</summary>
internal sealed class CountingModem : ISerialOutput
{
    private readonly byte[][] _answers;
    private int _next;

    public CountingModem(params byte[][] answers) => _answers = answers;

    /// <summary>Answers that are due.</summary>
    public int Due { get; private set; }

    public int Write(byte[] buffer, int offset, int count)
    {
        for (int index = offset; index < offset + count; index++)
            if (buffer[index] is (byte)'\r' or 0x1A)
                Due++;
        return count;
    }

    public byte[] Take()
    {
        Due--;
        byte[] answer = _answers[_next];
        _next = (_next + 1) % _answers.Length;
        return answer;
    }
}
