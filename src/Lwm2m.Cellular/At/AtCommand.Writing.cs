namespace Lwm2m.Cellular;

/// <summary>How a command goes out: its text, with the data in its place, and a rest at the prompt.</summary>
public sealed partial class AtCommand
{
    private byte[]? _data;
    private int _dataOffset;
    private int _dataLength;
    private int _dataAt;
    private int _written;

    /// <summary>Where writing rests until the prompt is seen; 0 when there is none.</summary>
    internal int PromptAt { get; private set; }

    /// <summary>The prompt that the command has or had; 0 for none.</summary>
    internal char PromptCharacter { get; private set; }

    internal bool WaitsForPrompt => PromptAt > 0 && _written == PromptAt;

    /// <summary>True when the modem has the command line, so that it may refuse it.</summary>
    internal bool IsLineWritten => IsWritten || WaitsForPrompt || (PromptAt == 0 && PromptCharacter != 0);

    /// <summary>Number of characters written so far.</summary>
    internal int Written => _written;

    internal bool IsWritten => _written == Total;

    /// <summary>Ends the command line where no prompt did.</summary>
    internal void End()
    {
        if (PromptAt == 0)
            _buffer[_length++] = (byte)'\r';
        else if (_dataAt >= 0 && _dataAt < PromptAt)
            _flags |= BrokenFlag;
    }

    /// <summary>Forgets the data, which is its owner's again.</summary>
    internal void Release() => _data = null;

    /// <summary>Writes as much as the output takes, up to the prompt or the end.</summary>
    /// <returns>False when the output takes no more for now.</returns>
    internal bool WriteTo(ISerialOutput output)
    {
        while (!IsWritten && !WaitsForPrompt)
            if (!WriteSome(output))
                return false;
        return true;
    }

    /// <summary>The prompt is there: writing may go on.</summary>
    internal void PassPrompt() => PromptAt = 0;

    private int Total => _length + (_dataAt < 0 ? 0 : _dataLength);

    private bool WriteSome(ISerialOutput output)
    {
        int count;
        int taken;
        if (_dataAt >= 0 && _written >= _dataAt && _written < _dataAt + _dataLength)
        {
            int position = _written - _dataAt;
            count = _dataLength - position;
            if ((_flags & HexFlag) == 0)
                taken = output.Write(_data!, _dataOffset + position, count);
            else
            {
                count = Unpack(position, count);
                taken = output.Write(_buffer, _length, count);
            }
        }
        else
        {
            int isBehindData = _dataAt >= 0 && _written >= _dataAt ? _dataLength : 0;
            int start = _written - isBehindData;
            int end = _length;
            if (_dataAt >= 0 && isBehindData == 0 && _dataAt < end)
                end = _dataAt;
            if (start < PromptAt && PromptAt < end)
                end = PromptAt;
            count = end - start;
            taken = output.Write(_buffer, start, count);
        }

        _written += taken;
        return taken == count;
    }

    /// <summary>Writes the next digits behind the text: the free end of the buffer holds a few of them.</summary>
    private int Unpack(int position, int count)
    {
        int room = _buffer.Length - _length;
        if (count > room)
            count = room;
        for (int index = 0; index < count; index++, position++)
        {
            int value = _data![_dataOffset + (position >> 1)];
            _buffer[_length + index] = HexDigit((position & 1) == 0 ? value >> 4 : value & 15);
        }

        return count;
    }
}
