using System;
using System.Collections.Generic;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Lwm2m.Coap;

namespace Lwm2m.Transport;

/// <summary>Makes of <see cref="TlsOptions"/> what an <see cref="SslStream"/> takes. There is no callback that could overrule its verdict.</summary>
internal sealed class TlsClient
{
    private static readonly SslApplicationProtocol Coap = new("coap");

    private readonly X509Certificate2Collection? _trust;
    private readonly SslStreamCertificateContext? _own;

    /// <exception cref="CryptographicException">A certificate or the key cannot be read, or they do not belong together.</exception>
    public TlsClient(TlsOptions options)
    {
        if (options.Trust != null)
        {
            _trust = Read(options.Trust);
            if (_trust.Count == 0)
                throw new CryptographicException("Trust holds no certificate.");
        }

        if ((options.Certificate == null) != (options.Key == null))
            throw new CryptographicException("Certificate and Key go together.");
        if (options.Certificate == null)
            return;
        X509Certificate2Collection chain = Read(options.Certificate);
        if (chain.Count == 0)
            throw new CryptographicException("Certificate holds no certificate.");
        X509Certificate2 leaf = WithKey(chain[0], options.Key!);
        chain.RemoveAt(0);
        // Offline: a device must not fetch what its own chain lacks.
        _own = SslStreamCertificateContext.Create(leaf, chain, offline: true);
    }

    /// <summary>SNI is the host; a literal address is compared with the addresses among the certificate's names.</summary>
    public SslClientAuthenticationOptions OptionsFor(ServerUri uri)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = _trust == null ? X509ChainTrustMode.System : X509ChainTrustMode.CustomRootTrust,
            // A device has no way to ask but the one that it is about to secure.
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        if (_trust != null)
            policy.CustomTrustStore.AddRange(_trust);
        return new SslClientAuthenticationOptions
        {
            TargetHost = uri.Host,
            ApplicationProtocols = new List<SslApplicationProtocol> { Coap },
            CertificateChainPolicy = policy,
            ClientCertificateContext = _own,
            AllowRenegotiation = false,
        };
    }

    private static bool IsPem(byte[] text) => Encoding.UTF8.GetString(text).Contains("-----BEGIN ", StringComparison.Ordinal);

    private static X509Certificate2Collection Read(byte[] certificates)
    {
        var all = new X509Certificate2Collection();
        if (IsPem(certificates))
            all.ImportFromPem(Encoding.UTF8.GetString(certificates));
        else
            all.Add(X509Certificate2.CreateFromPem(PemEncoding.Write("CERTIFICATE", certificates)));
        return all;
    }

    private static X509Certificate2 WithKey(X509Certificate2 certificate, byte[] key)
    {
        using ECDsa? ecdsa = certificate.GetECDsaPublicKey() == null ? null : ECDsa.Create();
        if (ecdsa != null)
        {
            Import(ecdsa, key);
            using X509Certificate2 elliptic = certificate.CopyWithPrivateKey(ecdsa);
            return Usable(elliptic);
        }

        using RSA rsa = RSA.Create();
        Import(rsa, key);
        using X509Certificate2 with = certificate.CopyWithPrivateKey(rsa);
        return Usable(with);
    }

    private static void Import(AsymmetricAlgorithm algorithm, byte[] key)
    {
        if (IsPem(key))
            algorithm.ImportFromPem(Encoding.UTF8.GetString(key));
        else
            algorithm.ImportPkcs8PrivateKey(key, out _);
    }

    // SChannel takes no key that lives in memory only.
    private static X509Certificate2 Usable(X509Certificate2 certificate)
    {
        byte[] sealedUp = certificate.Export(X509ContentType.Pkcs12);
#if NET9_0_OR_GREATER
        return X509CertificateLoader.LoadPkcs12(sealedUp, null);
#else
        return new X509Certificate2(sealedUp);
#endif
    }
}
