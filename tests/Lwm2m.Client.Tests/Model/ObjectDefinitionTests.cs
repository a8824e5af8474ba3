using System;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Model;

public class ObjectDefinitionTests
{
    [Test]
    public void A_resource_word_gives_back_what_it_was_made_of()
    {
        foreach (DataType type in Enum.GetValues<DataType>())
            foreach (Operations operations in new[] { Operations.None, Operations.Read, Operations.Write, Operations.ReadWrite })
                foreach (int id in new[] { 0, 1, 255, 256, 5700, 65534 })
                    for (int flags = 0; flags < 4 && type != DataType.None; flags++)
                    {
                        int word = Resource.Define(id, type, operations, (flags & 1) != 0, (flags & 2) != 0);
                        Assert.That(word, Is.GreaterThanOrEqualTo(0));
                        Assert.That(Resource.Id(word), Is.EqualTo(id));
                        Assert.That(Resource.Type(word), Is.EqualTo(type));
                        Assert.That(Resource.Ops(word), Is.EqualTo(operations));
                        Assert.That(Resource.IsReadable(word), Is.EqualTo((operations & Operations.Read) != 0));
                        Assert.That(Resource.IsWritable(word), Is.EqualTo((operations & Operations.Write) != 0));
                        Assert.That(Resource.IsExecutable(word), Is.False);
                        Assert.That(Resource.IsMultiple(word), Is.EqualTo((flags & 1) != 0));
                        Assert.That(Resource.IsMandatory(word), Is.EqualTo((flags & 2) != 0));
                    }
    }

    [Test]
    public void An_executable_resource_has_no_value()
    {
        int word = Resource.Executable(4, mandatory: true);
        Assert.That(Resource.IsExecutable(word), Is.True);
        Assert.That(Resource.Type(word), Is.EqualTo(DataType.None));
        Assert.That(Resource.IsMandatory(word), Is.True);
        Assert.That(() => Resource.Define(1, DataType.Integer, Operations.Execute), Throws.ArgumentException.With.Message.Contains("Resource 1"));
        Assert.That(() => Resource.Define(1, DataType.None, Operations.Read), Throws.ArgumentException.With.Message.Contains("Resource 1"));
        Assert.That(() => Resource.ReadOnly(65535, DataType.Integer), Throws.ArgumentException.With.Message.Contains("65535"));
    }

    [Test]
    public void Each_resource_is_found_and_no_other_is()
    {
        int[] ids = [0, 1, 2, 5518, 5601, 5602, 5603, 5604, 5605, 5700, 5701, 5750, 5850, 5866, 65534];
        ObjectDefinition definition = new(3303, "1.1", Array.ConvertAll(ids, id => Resource.ReadOnly(id, DataType.Float)));
        for (int id = -1; id <= 65535; id++)
        {
            int word = definition.Find(id);
            bool right = Array.IndexOf(ids, id) >= 0 ? Resource.Id(word) == id : word == Resource.NotDefined;
            if (!right)
                Assert.Fail("resource " + id);
        }
    }

    [Test]
    public void Ids_without_gaps_need_no_index()
    {
        ObjectDefinition definition = new(1, "1.2", Resource.ReadOnly(0, DataType.Integer), Resource.ReadOnly(1, DataType.Float));
        Assert.That(Resource.Type(definition.Find(1)), Is.EqualTo(DataType.Float));
        Assert.That(definition.Find(2), Is.EqualTo(Resource.NotDefined));
        Assert.That(definition.Find(-1), Is.EqualTo(Resource.NotDefined));
    }

    [Test]
    public void A_mistake_names_object_and_resource()
    {
        int seven = Resource.ReadOnly(7, DataType.Integer);
        int eight = Resource.ReadOnly(8, DataType.Integer);
        Assert.That(() => new ObjectDefinition(4000, "1.0", seven, seven), Throws.ArgumentException.With.Message.Contains("/4000: resource 7"));
        Assert.That(() => new ObjectDefinition(4000, "1.0", eight, seven), Throws.ArgumentException.With.Message.Contains("/4000: resource 7"));
        Assert.That(() => new ObjectDefinition(65535, "1.0", seven), Throws.ArgumentException.With.Message.Contains("65535"));
        Assert.That(() => new ObjectDefinition(4000, "1.0", seven).WithRange(9, 0, 1), Throws.ArgumentException.With.Message.Contains("/4000 has no resource 9"));
        Assert.That(() => new ObjectDefinition(4000, "1.0", seven).WithRange(7, 2, 1), Throws.ArgumentException.With.Message.Contains("2..1"));
    }

    [TestCase("")]
    [TestCase("1")]
    [TestCase("1.")]
    [TestCase(".1")]
    [TestCase("1.0.1")]
    [TestCase("1,0")]
    [TestCase("v1.0")]
    public void A_version_is_two_numbers(string version) =>
        Assert.That(() => new ObjectDefinition(4000, version), Throws.ArgumentException.With.Message.Contains("/4000"));

    [Test]
    public void A_range_holds_at_both_ends()
    {
        ObjectDefinition definition = new ObjectDefinition(
            4000,
            "1.0",
            Resource.ReadWrite(0, DataType.Integer),
            Resource.ReadWrite(5, DataType.Float),
            Resource.ReadWrite(9, DataType.Integer)).WithRange(0, -3, 7).WithRange(5, -3, 7);
        Assert.That(definition.InRange(0, -3L), Is.True);
        Assert.That(definition.InRange(0, 7L), Is.True);
        Assert.That(definition.InRange(0, -4L), Is.False);
        Assert.That(definition.InRange(0, 8L), Is.False);
        Assert.That(definition.InRange(5, 7.0), Is.True);
        Assert.That(definition.InRange(5, 7.0001), Is.False);
        Assert.That(definition.InRange(5, double.NaN), Is.False);
        Assert.That(definition.InRange(9, long.MinValue), Is.True);
        Assert.That(definition.InRange(1, 0L), Is.False, "not defined");
        Assert.That(Resource.Type(definition.Find(5)), Is.EqualTo(DataType.Float), "the range must not disturb the rest of the word");
    }

    [Test]
    public void There_are_63_different_ranges()
    {
        int[] words = new int[65];
        for (int id = 0; id < words.Length; id++)
            words[id] = Resource.ReadWrite(id, DataType.Integer);
        ObjectDefinition definition = new(4000, "1.0", words);
        for (int id = 0; id < 63; id++)
            definition.WithRange(id, 0, id);
        for (int id = 0; id < 63; id++)
        {
            Assert.That(definition.InRange(id, (long)id), Is.True);
            Assert.That(definition.InRange(id, id + 1L), Is.False);
        }

        definition.WithRange(63, 0, 62);
        Assert.That(() => definition.WithRange(64, 0, 64), Throws.ArgumentException.With.Message.Contains("resource 64"));
    }

    [Test]
    public void A_resource_that_is_not_supported_is_gone()
    {
        ObjectDefinition definition = new DeviceObject().Definition.Without(DeviceResource.ResetErrorCode);
        Assert.That(definition.Find(DeviceResource.ResetErrorCode), Is.EqualTo(Resource.NotDefined));
        Assert.That(Resource.Id(definition.Find(DeviceResource.CurrentTime)), Is.EqualTo(DeviceResource.CurrentTime));
        Assert.That(definition.Count, Is.EqualTo(22));
        Assert.That(() => definition.Without(DeviceResource.Reboot), Throws.ArgumentException.With.Message.Contains("mandatory"));
    }
}
