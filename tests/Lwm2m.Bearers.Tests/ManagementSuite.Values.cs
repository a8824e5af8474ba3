using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Lwm2m.Formats;
using Lwm2m.Samples;
using Lwm2m.Samples.Objects;
using NUnit.Framework;

namespace Lwm2m.Bearers.Tests;

// Read, Write, Execute, Create, Delete, Discover, composite operations: values in small and large messages.
public abstract partial class ManagementSuite
{
    private static readonly byte[] Long = [.. Enumerable.Range(0, 1500).Select(i => (byte)(i * 7))];

    [Test]
    public async Task Reads_in_every_format()
    {
        Registration device = await RegisterAsync();
        Assert.That(device.Binding, Is.EqualTo(_bench.Binding.ToString()));
        foreach (int format in new[] { ContentFormat.Tlv, ContentFormat.SenmlJson, ContentFormat.SenmlCbor, ContentFormat.Lwm2mCbor })
        {
            Answer instance = await InTimeAsync(device.ReadAsync("/3303/0", format));
            Assert.That((instance.CodeText, instance.ContentFormat, instance["/3303/0/5700"]), Is.EqualTo(("2.05", format, (object)21.5)));
        }

        Answer text = await InTimeAsync(device.ReadAsync("/3303/0/5700", ContentFormat.PlainText));
        Assert.That(text.ToString(), Is.EqualTo("2.05 /3303/0/5700 = 21.5"));
        Assert.That((await InTimeAsync(device.ReadAsync("/3303/9"))).CodeText, Is.EqualTo("4.04"));
    }

    [Test]
    public async Task Writes_executes_creates_and_deletes()
    {
        Registration device = await RegisterAsync();
        Assert.That((await InTimeAsync(device.WriteAsync("/3442/0/120", 42))).CodeText, Is.EqualTo("2.04"));
        Assert.That((await InTimeAsync(device.ReadAsync("/3442/0/120"))).Value, Is.EqualTo(42));
        Assert.That((await InTimeAsync(device.WriteAsync("/3303/0/5700", 1))).CodeText, Is.EqualTo("4.05"));
        Assert.That((await InTimeAsync(device.ExecuteAsync("/3442/0/3", "5,2='10.3'"))).CodeText, Is.EqualTo("2.04"));
        Answer arguments = await InTimeAsync(device.ReadAsync("/3442/0/4"));
        Assert.That(arguments.Records.Select(r => r.ValueText), Is.EqualTo(new[] { "\"10.3\"", "\"\"" }).Or.EqualTo(new[] { "\"\"", "\"10.3\"" }));
        Answer created = await InTimeAsync(device.CreateAsync(3442, 7, new Dictionary<int, object> { [120] = 5 }));
        Assert.That(created.CodeText, Is.EqualTo("2.01"), created.ToString());
        Assert.That((await InTimeAsync(device.ReadAsync("/3442/7/120"))).Value, Is.EqualTo(5));
        Assert.That((await InTimeAsync(device.DeleteAsync("/3442/7"))).CodeText, Is.EqualTo("2.02"));
        Assert.That((await InTimeAsync(device.ReadAsync("/3442/7/120"))).CodeText, Is.EqualTo("4.04"));
    }

    [Test]
    public async Task Discovers()
    {
        Registration device = await RegisterAsync();
        Answer links = await InTimeAsync(device.DiscoverAsync("/3303/0"));
        Assert.That(links.Links.Select(l => l.Path.ToString()), Does.Contain("/3303/0/5700"));
    }

    [Test]
    public async Task Long_values_go_both_ways()
    {
        Registration device = await RegisterAsync();
        Assert.That((await InTimeAsync(device.WriteAsync("/3442/0/150", Long))).CodeText, Is.EqualTo("2.04"));
        Answer read = await InTimeAsync(device.ReadAsync("/3442/0/150", ContentFormat.OctetStream));
        Assert.That(read.Payload, Is.EqualTo(Long));
    }

    [Test]
    public async Task Reads_and_writes_several_paths_at_once()
    {
        Registration device = await RegisterAsync();
        Answer written = await InTimeAsync(device.WriteCompositeAsync(new[] { new ResourceRecord("/3442/0/120", 8), new ResourceRecord("/3442/0/140", true) }));
        Assert.That(written.CodeText, Is.EqualTo("2.04"));
        Answer read = await InTimeAsync(device.ReadCompositeAsync(new Lwm2mPath[] { "/3442/0/120", "/3442/0/140", "/3303/0/5700" }));
        Assert.That((read["/3442/0/120"], read["/3442/0/140"], read["/3303/0/5700"]), Is.EqualTo(((object)8L, (object)true, (object)21.5)));
    }
}
