using System;
using System.Linq;
using System.Text;
using Lwm2m.Client;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests.Objects;

public class DefinitionTests
{
    // Each resource as id, operations, type, * for several instances, M for mandatory: the registry's own tables. A secret (11, 6) is RW there.
    private const string Table4 = "0RIM 1RI*M 2RIM 3RI 4RS*M 5RS* 6RI 7RS* 8RI 9RI 10RI 11RI 12RI 13RI";
    private const string Table7 = "0RI 1RI 2RI 3RI 4RI 5RI 6EM 7EM 8RWI";
    private const string Table10 = "0RWS 1RWI 2RWS 3RL 4RWI 5RWI 7RWO 8RWO 9RWO 10RWO 11RL*M 12RU 13RWU 14RWU";
    private const string Table11 = "0RWSM 1RWS 2RWB 3RWB 4RWIM 5RWS 6WS 7RWS 8RWS* 9RT* 10RI* 11RI* 12RT* 13RI 14RI 15RWS* 16RWS* 17RWS* 18RWS* 19RWS* 20RWS* "
        + "21RI 22RL 23RI 24RWI 25RI 26RWU 27RWU 28RI 29RWU 30RWU* 31RWS* 32RWI* 33RWI*";
    private const string Table12 = "0RWSM 1RWBM 2RWI 3RIM 4RSM 5RWSM 6RWB 7RWB 8RWIM 9RWIM 10RWB 11RWI* 12RWI* 13RWS 14RWIM 15RWIM 16RWI 17WS 18WS 19RWI 20RWI "
        + "21WS 22WS 23WS 24WS 25WS 26RWS 27RWI 28WS 29RB 30RWB 31RWB 32RWS* 33RI 34RI 35RI 36RI 37RI 38RI 39RI 40RI 41RI 42RI 43RI 44RI 45RI 46RI 47RI 48RL";
    private const string Table13 = "0RWI* 1RWI 2RWI 3RWI 4RWI 5RWS 6RWS 7RWB 8RS 9RL 10RWI 11RWI 12RWB";

    private static ObjectDefinition DefinitionOf(int objectId, LwM2MVersion version = LwM2MVersion.V12) => objectId switch
    {
        4 => new ConnectivityMonitoringObject(version: version).Definition,
        7 => new ConnectivityStatisticsObject(new HandClock()).Definition,
        10 => new CellularObject().Definition,
        11 => new ApnProfileObject().Definition,
        12 => new WlanObject(new RecordingWlan(), "net").Definition,
        _ => new BearerSelectionObject().Definition,
    };

    [TestCase(4, "1.3", true, Table4)]
    [TestCase(7, "1.0", true, Table7)]
    [TestCase(10, "1.1", true, Table10)]
    [TestCase(11, "1.1", false, Table11)]
    [TestCase(13, "1.1", true, Table13)]
    public void Tables_are_those_of_the_registry(int objectId, string version, bool isSingle, string table)
    {
        ObjectDefinition definition = DefinitionOf(objectId);
        Assert.That(Render(definition), Is.EqualTo(table));
        Assert.That(definition.ObjectId, Is.EqualTo(objectId));
        Assert.That(definition.Version, Is.EqualTo(version));
        Assert.That(definition.IsSingle, Is.EqualTo(isSingle));
    }

    [Test]
    public void Wlan_has_what_is_mandatory_and_of_the_rest_what_its_driver_can_do()
    {
        ObjectDefinition definition = DefinitionOf(12);
        string[] registry = Table12.Split(' ');
        string[] own = Render(definition).Split(' ');
        Assert.That(own, Is.SubsetOf(registry));
        Assert.That(registry.Where(row => row.EndsWith('M')), Is.SubsetOf(own));
        Assert.That(definition.Version, Is.EqualTo("1.1"));
        Assert.That(definition.IsSingle, Is.False);
    }

    [TestCase(LwM2MVersion.V10, "1.0", "10RI")]
    [TestCase(LwM2MVersion.V11, "1.2", "12RI")]
    [TestCase(LwM2MVersion.V12, "1.3", "13RI")]
    public void Monitoring_has_the_version_that_belongs_to_that_of_LwM2M(LwM2MVersion version, string expected, string last)
    {
        ObjectDefinition definition = DefinitionOf(4, version);
        Assert.That(definition.Version, Is.EqualTo(expected));
        Assert.That(Render(definition).Split(' ').Last(), Is.EqualTo(last));
    }

    private static string Render(ObjectDefinition definition)
    {
        var table = new StringBuilder();
        for (int position = 0; position < definition.Count; position++)
        {
            int word = definition.At(position);
            string operations = Resource.Ops(word) switch
            {
                Operations.Execute => "E",
                Operations.Read => "R",
                Operations.Write => "W",
                Operations.ReadWrite => "RW",
                _ => "-",
            };
            string type = Resource.Type(word) switch
            {
                DataType.String => "S",
                DataType.Boolean => "B",
                DataType.Integer => "I",
                DataType.Unsigned => "U",
                DataType.Opaque => "O",
                DataType.Time => "T",
                DataType.ObjectLink => "L",
                _ => "",
            };
            table.Append(position > 0 ? " " : "").Append(Resource.Id(word)).Append(operations).Append(type)
                .Append(Resource.IsMultiple(word) ? "*" : "").Append(Resource.IsMandatory(word) ? "M" : "");
        }

        return table.ToString();
    }
}
