namespace Lwm2m.Cellular;

/// <summary>What a user of the AT engine makes of a line, and of what follows it.</summary>
public enum AtTake
{
    /// <summary>Not for this user: the next one is asked.</summary>
    NotMine,

    /// <summary>It was for this user, and is dealt with.</summary>
    Taken,

    /// <summary>It was for this user, and the line that follows belongs to it: that one comes to it alone.</summary>
    TakenWithNext,

    /// <summary>
    /// As <see cref="TakenWithNext"/>, and that line is hexadecimal digits: they are packed two to a byte while they arrive
    /// (<see cref="AtLine.DataOffset"/>), so that a short message or a datagram needs no more room than its bytes.
    /// </summary>
    TakenWithHexNext,

    /// <summary>It was for this user, and as many raw bytes follow as the user wrote into <see cref="AtLine.RawBytes"/>; they come to it alone.</summary>
    TakenWithRawNext,
}
