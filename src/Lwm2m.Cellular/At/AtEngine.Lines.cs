namespace Lwm2m.Cellular;

/// <summary>Whose a line is: the command's, or that of a user who waits for it.</summary>
public sealed partial class AtEngine
{
    // Whose the next line is, and whether it goes on with an answer.
    private IAtUser? _follower;

    private void Dispatch(long nowMs)
    {
        HeardMs = nowMs;
        AtTake take = Tell(nowMs);
        int raw = _line.RawBytes;
        StartLine();
        switch (take)
        {
            case AtTake.TakenWithHexNext:
                _line.DataOffset = 0;
                _mode = InHex;
                break;
            case AtTake.TakenWithRawNext when raw > 0:
                _line.DataOffset = 0;
                BeginRaw(raw);
                break;
            case AtTake.TakenWithNext:
                break;
            default:
                _follower = null;
                break;
        }
    }

    private AtTake Tell(long nowMs)
    {
        AtTake take;
        IAtUser? follower = _follower;
        if (follower != null)
        {
            _follower = null;
            take = FollowsAnswer ? Answer(nowMs) : Report(follower, nowMs);
            // A line that goes on with no other is what it looks like.
            if (take != AtTake.NotMine)
                return take;
        }

        if (!_line.HasData)
        {
            if (IsEcho())
            {
                EchoSeen = true;
                return AtTake.Taken;
            }

            if (TakeResult(nowMs))
                return AtTake.Taken;
        }

        bool isInCommand = _state == InCommand;
        if (isInCommand && _command.Expects(_line))
        {
            take = Answer(nowMs);
            if (take != AtTake.NotMine)
                return take;
        }

        for (int index = 0; index < _userCount; index++)
        {
            take = Report(_users[index], nowMs);
            if (take != AtTake.NotMine)
                return take;
        }

        return isInCommand && _state == InCommand && _command.ExpectsAny ? Answer(nowMs) : AtTake.NotMine;
    }

    private AtTake Answer(long nowMs)
    {
        // The command may have ended since the line that this one follows.
        if (_state != InCommand)
            return AtTake.NotMine;
        IAtUser owner = _command.Owner!;
        _line.Rewind();
        AtTake take = owner.OnAnswer(_command.Tag, _line, nowMs);
        _follower = owner;
        FollowsAnswer = true;
        return take;
    }

    private AtTake Report(IAtUser user, long nowMs)
    {
        _line.Rewind();
        AtTake take = user.OnUnsolicited(_line, nowMs);
        _follower = user;
        FollowsAnswer = false;
        return take;
    }

    /// <summary>Lines that begin with AT are commands of ours that come back; a late one may be of the command before.</summary>
    private bool IsEcho()
    {
        int length = _line.Length;
        byte[] line = _line.Buffer;
        if (length < 2 || (line[0] | 0x20) != 'a' || (line[1] | 0x20) != 't')
            return false;
        if (length == 2)
            return true;
        int third = line[2];
        return third < '0' || third == 'E' || third == 'I' || third == 'Z' || third == '^';
    }

    /// <summary>Takes a final result. Without anything that could be over there is none.</summary>
    private bool TakeResult(long nowMs)
    {
        if (_state == Idle)
            return false;
        AtResult result;
        int error = 0;
        switch (_line.Buffer[0])
        {
            case (byte)'O' when _line.Is("OK"):
                result = AtResult.Ok;
                break;
            case (byte)'E' when _line.Is("ERROR"):
                result = AtResult.Error;
                break;
            case (byte)'+' when _line.StartsWith("+CME ERROR:"):
                result = AtResult.CmeError;
                error = ErrorNumber();
                break;
            case (byte)'+' when _line.StartsWith("+CMS ERROR:"):
                result = AtResult.CmsError;
                error = ErrorNumber();
                break;
            default:
                return TakeOwnResult(nowMs);
        }

        if (_state == Searching)
            TakeSearchResult(result == AtResult.Ok, nowMs);
        else if (result == AtResult.Ok ? _command.IsWritten && !_command.WaitsForPrompt && _command.Success == null : _command.IsLineWritten)
            Finish(result, error, nowMs);
        return true;
    }

    /// <summary>A final result of the command's own, such as <c>SEND OK</c>.</summary>
    private bool TakeOwnResult(long nowMs)
    {
        if (_state == Searching || _command.Success == null || !_command.IsWritten)
            return false;
        if (_line.StartsWith(_command.Success))
            Finish(AtResult.Ok, 0, nowMs);
        else if (_command.Failure != null && _line.StartsWith(_command.Failure))
            Finish(AtResult.Error, 0, nowMs);
        else
            return false;
        return true;
    }

    private int ErrorNumber()
    {
        int start = 11;
        while (start < _line.Length && _line.Buffer[start] == ' ')
            start++;
        return _line.ReadNumber(start, _line.Length, 10, out long number) && number >= 0 && number < 0x10000
            ? (int)number
            : AtError.Number(_line, start);
    }
}
