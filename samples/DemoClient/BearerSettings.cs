namespace Lwm2m.Samples.DemoClient;

/// <summary>What the command line says of the ways to the servers, checked.</summary>
/// <param name="Modem">The modem, null for none.</param>
/// <param name="Binding">Letters for /1/x/7; null where each server's URI decides.</param>
/// <param name="SmsNumber">The device's own number, digits without +; null where it is not known.</param>
/// <param name="ServiceCentre">Number of the short message service centre; null for the one on the SIM.</param>
/// <param name="Apn">Access point name of the modem's connections; null for the network's choice.</param>
/// <param name="TrustFile">Certificates that servers are checked against, PEM or DER; null for those of the system.</param>
/// <param name="CertificateFile">The client's own certificate; null for none.</param>
/// <param name="KeyFile">Its key; null where the certificate's file has it.</param>
internal sealed record BearerSettings(
    ModemArgument? Modem,
    string? Binding,
    string? SmsNumber,
    string? ServiceCentre,
    string? Apn,
    string? TrustFile,
    string? CertificateFile,
    string? KeyFile);
