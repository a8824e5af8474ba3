using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

/// <summary>A command line that is unknown or contradicts itself is refused with the reason, before anything is sent.</summary>
[Parallelizable(ParallelScope.All)]
public class DemoClientCommandLineTests
{
    private const string Server = "coap://127.0.0.1:9";

    public static IEnumerable<TestCaseData> BadCommandLines()
    {
        yield return Bad("No_server", "--server");
        yield return Bad("Unknown_option", "--nope", "--server", Server, "--nope");
        yield return Bad("Stray_argument", "stray", "--server", Server, "stray");
        yield return Bad("Empty_endpoint", "--endpoint", "--server", Server, "--endpoint", "");
        yield return Bad("No_uri", "'nonsense'", "--server", "nonsense");
        yield return Bad("Uri_without_host", "'coap://'", "--server", "coap://");
        yield return Bad("Other_scheme", "'http://a'", "--server", "http://a");
        yield return Bad("Security_that_is_not_there", "coaps", "--server", "coaps://127.0.0.1");
        yield return Bad("Ssid_0", "ssid '0'", "--server", Server + ";ssid=0");
        yield return Bad("Ssid_65535", "ssid '65535'", "--server", Server + ";ssid=65535");
        yield return Bad("Ssid_no_number", "ssid 'x'", "--server", Server + ";ssid=x");
        yield return Bad("Unknown_server_parameter", "'foo=1'", "--server", Server + ";foo=1");
        yield return Bad("Same_ssid_twice", "ssid 7", "--server", Server + ";ssid=7", "--server", Server + ";ssid=7");
        yield return Bad("Ssid_of_another_default", "ssid 2", "--server", Server + ";ssid=2", "--server", Server);
        yield return Bad("Negative_lifetime", "--lifetime: -1", "--server", Server, "--lifetime", "-1");
        yield return Bad("Lifetime_no_number", "'soon'", "--server", Server, "--lifetime", "soon");
        yield return Bad("Lifetime_twice", "--lifetime", "--server", Server, "--lifetime", "1", "--lifetime", "2");
        yield return Bad("Unknown_version", "1.3", "--server", Server, "--lwm2m", "1.3");
        yield return Bad("Port_too_high", "--local-port: 65536", "--server", Server, "--local-port", "65536");
        yield return Bad("No_port_for_the_second_server", "--local-port", "--server", Server, "--server", Server, "--local-port", "65535");
        yield return Bad("Ack_timeout_0", "--ack-timeout: 0", "--server", Server, "--ack-timeout", "0");
        yield return Bad("Negative_retransmissions", "--max-retransmit: -1", "--server", Server, "--max-retransmit", "-1");
        yield return Bad("Hold_off_without_bootstrap", "--hold-off", "--server", Server, "--hold-off", "3");
        yield return Bad("Negative_hold_off", "--hold-off: -1", "--bootstrap", Server, "--hold-off", "-1");
        yield return Bad("Awake_without_queue", "--awake", "--server", Server, "--awake", "500");
        yield return Bad("Bootstrap_no_uri", "--bootstrap: 'nonsense'", "--bootstrap", "nonsense");
        yield return Bad("Bootstrap_with_ssid", "--bootstrap: a bootstrap server has no ssid", "--bootstrap", Server + ";ssid=3");
        yield return Bad("Bootstrap_twice", "--bootstrap", "--bootstrap", Server, "--bootstrap", Server);
        yield return Bad("Storage_that_is_a_file", "--storage", "--server", Server, "--storage", typeof(DemoClientCommandLineTests).Assembly.Location);
        yield return Bad("Sms_without_modem", "--modem", "--server", "tel:+491701234567");
        yield return Bad("Non_ip_without_modem", "--modem", "--server", Server, "--binding", "UN");
        yield return Bad("Unknown_binding", "'UX'", "--server", Server, "--binding", "UX");
        yield return Bad("Binding_twice_the_same", "'UU'", "--server", Server, "--binding", "UU");
        yield return Bad("Unknown_profile", "'foo'", "--server", Server, "--modem", "/dev/null;profile=foo");
        yield return Bad("Bad_baud", "'fast'", "--server", Server, "--modem", "/dev/null@fast");
        yield return Bad("Serial_server_without_port", "'tcp:h'", "--server", Server, "--modem", "tcp:h");
        yield return Bad("Sms_number_with_plus", "--sms-number", "--server", Server, "--sms-number", "+49170");
        yield return Bad("Service_centre_without_modem", "--smsc", "--server", Server, "--smsc", "+49170");
        yield return Bad("Trust_that_is_no_file", "--trust", "--server", Server, "--trust", "/nowhere.pem");
        yield return Bad("Key_without_certificate", "--cert", "--server", Server, "--key", typeof(DemoClientCommandLineTests).Assembly.Location);
        yield return Bad("More_than_a_day_for_a_message", "--ack-timeout", "--server", Server, "--ack-timeout", "600000", "--max-retransmit", "20");
    }

    [TestCaseSource(nameof(BadCommandLines))]
    public async Task Bad_command_line_is_refused(string reason, string[] arguments)
    {
        await using SampleProcess demo = SampleProcess.Start("DemoClient", [.. arguments, "--json"]);
        int exitCode = await demo.ExitAsync();
        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(demo.Errors, Does.Contain(reason));
            Assert.That(demo.Output, Is.Empty);
        });
    }

    [Test]
    public async Task Certificate_whose_key_is_nowhere_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 certificate = new CertificateRequest("CN=dev1", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pem");
        try
        {
            await File.WriteAllTextAsync(file, certificate.ExportCertificatePem());
            await using SampleProcess client = SampleProcess.Start("DemoClient", "--server", "coaps+tcp://127.0.0.1:9", "--cert", file);

            Assert.That(await client.ExitAsync(), Is.EqualTo(2));
            Assert.That(client.Errors, Does.Contain("--trust, --cert or --key").And.Not.Contain("Unhandled"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public async Task Help_names_every_option()
    {
        await using SampleProcess demo = SampleProcess.Start("DemoClient", "--help");
        int exitCode = await demo.ExitAsync();
        string help = string.Join('\n', demo.Output);
        string[] options = ["--endpoint", "--server", "--lifetime", "--lwm2m", "--local-port", "--ack-timeout", "--max-retransmit", "--json",
            "--bootstrap", "--hold-off", "--storage", "--queue", "--awake", "--trace", "--modem", "--binding", "--sms-number", "--smsc", "--apn", "--trust", "--cert", "--key"];
        Assert.That(exitCode, Is.Zero);
        Assert.That(options.Where(option => !help.Contains(option + " ", System.StringComparison.Ordinal)), Is.Empty);
    }

    private static TestCaseData Bad(string name, string reason, params string[] arguments) =>
        new TestCaseData(reason, arguments).SetName("Refused: " + name);
}
