namespace Lwm2m.Formats;

/// <summary>CoAP content formats that LwM2M uses (IANA CoRE Parameters; Core TS 1.2 7.4).</summary>
public static class ContentFormat
{
    /// <summary>No Content-Format or Accept option was given.</summary>
    public const int None = -1;

    /// <summary>text/plain: one resource or resource instance as UTF-8 text.</summary>
    public const int PlainText = 0;

    /// <summary>application/link-format (RFC 6690): registrations and answers to Discover.</summary>
    public const int LinkFormat = 40;

    /// <summary>application/octet-stream: one Opaque resource or resource instance.</summary>
    public const int OctetStream = 42;

    /// <summary>application/cbor (RFC 8949): one resource or resource instance.</summary>
    public const int Cbor = 60;

    /// <summary>application/senml+json (RFC 8428).</summary>
    public const int SenmlJson = 110;

    /// <summary>application/senml+cbor (RFC 8428).</summary>
    public const int SenmlCbor = 112;

    /// <summary>application/senml-etch+json (RFC 8790): bodies of composite requests.</summary>
    public const int SenmlEtchJson = 320;

    /// <summary>application/senml-etch+cbor (RFC 8790): bodies of composite requests.</summary>
    public const int SenmlEtchCbor = 322;

    /// <summary>application/vnd.oma.lwm2m+tlv.</summary>
    public const int Tlv = 11542;

    /// <summary>application/vnd.oma.lwm2m+json: LwM2M 1.0 only.</summary>
    public const int OmaJson = 11543;

    /// <summary>application/vnd.oma.lwm2m+cbor: LwM2M 1.2.</summary>
    public const int Lwm2mCbor = 11544;

    /// <summary>Plain text as drafts of LwM2M 1.0 numbered it; read, never written.</summary>
    public const int LegacyText = 1541;

    /// <summary>TLV as drafts of LwM2M 1.0 numbered it; read, never written.</summary>
    public const int LegacyTlv = 1542;

    /// <summary>JSON as drafts of LwM2M 1.0 numbered it; read, never written.</summary>
    public const int LegacyJson = 1543;

    /// <summary>Opaque as drafts of LwM2M 1.0 numbered it; read, never written.</summary>
    public const int LegacyOpaque = 1544;
}
