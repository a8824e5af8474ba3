namespace Lwm2m.Formats;

/// <summary>What <see cref="Input.Flags"/> keeps of a value in JSON.</summary>
internal static class JsonItem
{
    public const int None = 0;

    /// <summary>Text of a number.</summary>
    public const int Number = 1;

    /// <summary>A number that was computed.</summary>
    public const int Real = 2;

    public const int Boolean = 3;

    /// <summary>Text; in OMA JSON also base64.</summary>
    public const int String = 4;

    /// <summary>Base64 of SenML.</summary>
    public const int Data = 5;

    public const int Link = 6;

    public const int Null = 7;
}
