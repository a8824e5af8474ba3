namespace Lwm2m.Cellular;

/// <summary>What a short message that came in turned out to be.</summary>
public enum SmsStatus
{
    /// <summary>An SMS-DELIVER with 8-bit data: its fields can be read.</summary>
    Ok,

    /// <summary>Not an SMS-DELIVER, such as an SMS-STATUS-REPORT, or a message that this device stored to send it.</summary>
    NotDeliver,

    /// <summary>Text: 7-bit, UCS2 or compressed (3GPP 23.038 4). Somebody wrote to the device; it is no CoAP.</summary>
    Text,

    /// <summary>For the smartcard: (U)SIM data download, or a secured packet (information elements 70 to 7F, 3GPP 31.115).</summary>
    ForSmartcard,

    /// <summary>Cut short, or its lengths contradict one another.</summary>
    Malformed,
}
