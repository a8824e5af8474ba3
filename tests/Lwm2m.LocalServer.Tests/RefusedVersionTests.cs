using Lwm2m.Coap;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

public class RefusedVersionTests : ServerFixture
{
    protected override void Configure(LocalServerOptions options) => options.RefusedVersions.Add("1.2");

    [Test]
    public void A_refused_version_gets_4_12_and_others_do_not()
    {
        RawMessage answer = Device.Ask(CoapCode.Post, "/rd", ["ep=abc", "lt=300", "lwm2m=1.2"], ContentFormat.LinkFormat, "</1/0>");
        Assert.That(answer.Code, Is.EqualTo(CoapCode.PreconditionFailed));
        answer = Device.Ask(CoapCode.Post, "/rd", ["ep=abc", "lt=300", "lwm2m=1.1"], ContentFormat.LinkFormat, "</1/0>");
        Assert.That(answer.Code, Is.EqualTo(CoapCode.Created));
    }
}
