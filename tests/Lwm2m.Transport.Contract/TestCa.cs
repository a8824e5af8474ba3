using System;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Lwm2m.Transport.Contract;

/// <summary>A certification authority for the length of a test.</summary>
public sealed class TestCa : IDisposable
{
    private readonly X509Certificate2 _root;

    public TestCa(string name = "Test CA")
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-2), DateTimeOffset.UtcNow.AddYears(2));
    }

    /// <summary>The root in PEM.</summary>
    public byte[] Pem => Encoding.UTF8.GetBytes(_root.ExportCertificatePem());

    /// <summary>The root in DER.</summary>
    public byte[] Der => _root.RawData;

    public static byte[] PemOf(X509Certificate2 certificate) => Encoding.UTF8.GetBytes(certificate.ExportCertificatePem());

    public static byte[] KeyPemOf(X509Certificate2 certificate) =>
        Encoding.UTF8.GetBytes(certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());

    /// <summary>A certificate with its key, for one day from yesterday on where no time is given.</summary>
    /// <param name="names">Host names and addresses; none for a client.</param>
    /// <param name="from">Begin of its time, in days from now.</param>
    /// <param name="to">End of its time, in days from now.</param>
    public X509Certificate2 Issue(string[] names, double from = -1, double to = 1)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + (names.Length > 0 ? names[0] : "lamp-1"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            new OidCollection { new Oid(names.Length > 0 ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2") }, false));
        if (names.Length > 0)
        {
            var alternatives = new SubjectAlternativeNameBuilder();
            foreach (string name in names)
            {
                if (IPAddress.TryParse(name, out IPAddress? address))
                    alternatives.AddIpAddress(address);
                else
                    alternatives.AddDnsName(name);
            }
            request.CertificateExtensions.Add(alternatives.Build());
        }
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 bare = request.Create(_root, now.AddDays(from), now.AddDays(to), RandomNumberGenerator.GetBytes(12));
        using X509Certificate2 whole = bare.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    public void Dispose() => _root.Dispose();
}
