namespace Lwm2m.Cellular;

/// <summary>What a user of the AT engine makes of a line that nobody asked for.</summary>
public enum AtTake
{
    /// <summary>Not for this user: the next one is asked.</summary>
    NotMine,

    /// <summary>It was for this user, and is dealt with.</summary>
    Taken,

    /// <summary>It was for this user, and the line that follows belongs to it: that one comes to it alone.</summary>
    TakenWithNext,
}
