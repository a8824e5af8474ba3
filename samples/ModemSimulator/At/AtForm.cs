namespace Lwm2m.Samples.ModemSimulator;

/// <summary>Forms of an AT command (3GPP 27.007 4.1).</summary>
internal enum AtForm
{
    /// <summary><c>AT+X</c>.</summary>
    Execute,

    /// <summary><c>AT+X?</c>.</summary>
    Read,

    /// <summary><c>AT+X=?</c>.</summary>
    Test,

    /// <summary><c>AT+X=1</c>.</summary>
    Set,
}
