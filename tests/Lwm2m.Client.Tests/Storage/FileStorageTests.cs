using System;
using System.Linq;
using System.Text;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Storage;

public class FileStorageTests
{
    private readonly byte[] _buffer = new byte[4096];

    [Test]
    public void What_was_committed_is_read_by_whoever_comes_next()
    {
        var files = new FakeFiles();
        Write(new FileStorage(files), "accounts", "one, two, three");
        Assert.That(Read(new FileStorage(files), "accounts"), Is.EqualTo("one, two, three"));
        Assert.That(Read(new FileStorage(files), "objects"), Is.Null);
    }

    [Test]
    public void A_record_is_read_in_parts()
    {
        var files = new FakeFiles();
        Write(new FileStorage(files), "accounts", "abcdefghij");
        var storage = new FileStorage(files);
        Assert.That(storage.Read("accounts", 0, _buffer, 100, 4), Is.EqualTo(4));
        Assert.That(Encoding.ASCII.GetString(_buffer, 100, 4), Is.EqualTo("abcd"));
        Assert.That(storage.Read("accounts", 4, _buffer, 0, 100), Is.EqualTo(6));
        Assert.That(Encoding.ASCII.GetString(_buffer, 0, 6), Is.EqualTo("efghij"));
        Assert.That(storage.Read("accounts", 10, _buffer, 0, 100), Is.Zero);
        Assert.That(storage.Read("accounts", 99, _buffer, 0, 100), Is.Zero);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(16)]
    [TestCase(17)]
    [TestCase(23)]
    [TestCase(24)]
    [TestCase(25)]
    [TestCase(56)]
    [TestCase(2000)]
    public void A_record_of_any_length_comes_back(int length)
    {
        var files = new FakeFiles();
        string text = Text(length, 'a');
        Write(new FileStorage(files), "objects", text);
        Assert.That(Read(new FileStorage(files), "objects"), Is.EqualTo(text));
    }

    [Test]
    public void A_new_version_is_written_beside_the_old_one_which_is_emptied_last()
    {
        var files = new FakeFiles();
        var storage = new FileStorage(files);
        Write(storage, "accounts", "first");
        Write(storage, "accounts", "second");
        files.Log.Clear();
        Write(new FileStorage(files), "accounts", "third");
        Assert.That(files.Log, Is.EqualTo(new[]
        {
            "create accounts.0", "append 8", "append 5", "append 8", "close accounts.0", "create accounts.1", "close accounts.1",
        }));
        Assert.That(files["accounts.1"], Is.Empty);
    }

    [Test]
    public void Numbers_may_go_round()
    {
        var files = new FakeFiles();
        var storage = new FileStorage(files);
        Write(storage, "a", "older");
        byte[] older = Renumbered(files["a.0"], 0xFF, 0xFF, 0xFF, 0xFF);
        Write(storage, "a", "newer");
        files["a.1"] = Renumbered(files["a.1"], 0, 0, 0, 0);
        files["a.0"] = older;
        Assert.That(Read(new FileStorage(files), "a"), Is.EqualTo("newer"));
        Write(new FileStorage(files), "a", "newest");
        Assert.That(Read(new FileStorage(files), "a"), Is.EqualTo("newest"));
    }

    [Test]
    public void A_version_that_was_given_up_changes_nothing()
    {
        var files = new FakeFiles();
        var storage = new FileStorage(files);
        Write(storage, "accounts", "kept");
        storage.BeginReplace("accounts");
        storage.Append(Encoding.ASCII.GetBytes("given up"), 0, 8);
        storage.BeginReplace("objects");
        Assert.That(Read(storage, "accounts"), Is.EqualTo("kept"));
        Assert.That(Read(new FileStorage(files), "accounts"), Is.EqualTo("kept"));
        Assert.That(storage.Commit(), Is.False);
    }

    [Test]
    public void A_deleted_record_is_gone_and_can_be_written_again()
    {
        var files = new FakeFiles();
        var storage = new FileStorage(files);
        Write(storage, "accounts", "first");
        Write(storage, "accounts", "second");
        Assert.That(storage.Delete("accounts"), Is.True);
        Assert.That(files.Names, Is.Empty);
        Assert.That(Read(storage, "accounts"), Is.Null);
        Assert.That(storage.Delete("accounts"), Is.True);
        Write(storage, "accounts", "third");
        Assert.That(Read(new FileStorage(files), "accounts"), Is.EqualTo("third"));
    }

    [Test]
    public void Damage_at_any_byte_is_found_and_the_record_can_be_set_aside([Values] bool cutOff)
    {
        var files = new FakeFiles();
        Write(new FileStorage(files), "accounts", "a record of some bytes");
        byte[] whole = files["accounts.0"];
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] damaged = cutOff ? whole[..(at == 0 ? 1 : at)] : (byte[])whole.Clone();
            if (!cutOff)
                damaged[at] ^= 0x10;
            FakeFiles copy = files.Copy(1);
            copy["accounts.0"] = damaged;
            var storage = new FileStorage(copy);
            Assert.That(storage.Read("accounts", 0, _buffer, 0, 10), Is.EqualTo(StorageStatus.Corrupt), $"byte {at}");
            Assert.That(storage.SetAside("accounts"), Is.True);
            Assert.That(copy["accounts.bad"], Is.EqualTo(damaged));
            Assert.That(storage.Read("accounts", 0, _buffer, 0, 10), Is.EqualTo(StorageStatus.None));
            Write(storage, "accounts", "new");
            Assert.That(Read(new FileStorage(copy), "accounts"), Is.EqualTo("new"));
        }
    }

    [Test]
    public void Noise_in_both_slots_is_corrupt_and_can_be_replaced_at_once()
    {
        var files = new FakeFiles();
        files["accounts.0"] = Encoding.ASCII.GetBytes("noise in the first slot, long enough for a header");
        files["accounts.1"] = new byte[] { 1, 2, 3 };
        Assert.That(new FileStorage(files).Read("accounts", 0, _buffer, 0, 10), Is.EqualTo(StorageStatus.Corrupt));
        Write(new FileStorage(files), "accounts", "new");
        Assert.That(Read(new FileStorage(files), "accounts"), Is.EqualTo("new"));
        files["accounts.1"] = new byte[] { 1, 2, 3 };
        Assert.That(Read(new FileStorage(files), "accounts"), Is.EqualTo("new"), "an unfinished version beside a whole one");
    }

    [Test]
    public void A_full_medium_is_an_answer_and_the_old_version_stands()
    {
        var files = new FakeFiles();
        var storage = new FileStorage(files);
        Write(storage, "accounts", "old");
        int used = files.Names.Sum(name => files[name].Length);
        for (int more = 0; more < 16 + 10; more++)
        {
            files.Room = used + more;
            Assert.That(TryWrite(storage, "accounts", "0123456789"), Is.False, $"{more} bytes free");
            Assert.That(Read(storage, "accounts"), Is.EqualTo("old"));
            Assert.That(files.Names.Sum(name => files[name].Length), Is.EqualTo(used), "what is half written takes no room");
        }

        files.Room = used + 16 + 10;
        Assert.That(TryWrite(storage, "accounts", "0123456789"), Is.True);
        files.IsReadOnly = true;
        Assert.That(TryWrite(storage, "accounts", "x"), Is.False);
        Assert.That(Read(storage, "accounts"), Is.EqualTo("0123456789"));
        Assert.That(storage.SetAside("accounts"), Is.False);
        Assert.That(storage.Delete("accounts"), Is.False);
    }

    // Every byte and every gap between two operations, several times each, since what happens to unsynced bytes is by chance.
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public void A_power_cut_at_any_step_of_a_write_leaves_the_old_or_the_new_version(int versionsBefore)
    {
        for (int seed = 0; seed < 40; seed++)
            for (long step = 0; ; step++)
            {
                var files = new FakeFiles(seed);
                for (int version = 1; version <= versionsBefore; version++)
                    Write(new FileStorage(files), "accounts", Text(30, (char)('a' + version)));
                string? old = Read(new FileStorage(files), "accounts");
                files.CutAtStep = files.Steps + step;
                string wanted = Text(35, 'z');
                bool acknowledged = TryWrite(new FileStorage(files), "accounts", wanted);
                bool wasCut = files.IsOff;
                files.PowerUp();
                string because = $"seed {seed}, cut at step {step}";
                string? found = Read(new FileStorage(files), "accounts");
                Assert.That(found, acknowledged ? Is.EqualTo(wanted) : Is.EqualTo(wanted).Or.EqualTo(old), because);
                Write(new FileStorage(files), "accounts", "afterwards");
                Assert.That(Read(new FileStorage(files), "accounts"), Is.EqualTo("afterwards"), because);
                if (!wasCut)
                {
                    Assert.That(acknowledged, Is.True, because);
                    break;
                }
            }
    }

    [Test]
    public void Power_cuts_in_a_row_never_lose_an_acknowledged_version([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var files = new FakeFiles(seed);
        string? acknowledged = null;
        string? attempted = null;
        for (int round = 0; round < 200; round++)
        {
            var storage = new FileStorage(files);
            string? found = Read(storage, "objects");
            Assert.That(found, Is.EqualTo(acknowledged).Or.EqualTo(attempted), $"seed {seed}, round {round}");
            acknowledged = found;
            files.CutAtStep = files.Steps + random.Next(150);
            while (!files.IsOff)
            {
                attempted = Text(random.Next(60), (char)('a' + random.Next(26)));
                if (TryWrite(storage, "objects", attempted))
                    acknowledged = attempted;
            }

            files.PowerUp();
        }
    }

    [Test]
    public void A_power_cut_while_a_record_is_deleted_or_set_aside_brings_back_no_older_one([Values] bool delete)
    {
        for (int seed = 0; seed < 40; seed++)
            for (int step = 0; step < 6; step++)
            {
                var files = new FakeFiles(seed);
                Write(new FileStorage(files), "accounts", "older");
                byte[] older = files["accounts.0"];
                Write(new FileStorage(files), "accounts", "newer");
                // As if the power had failed before the slot was emptied.
                files["accounts.0"] = older;
                files.CutAtStep = files.Steps + step;
                var storage = new FileStorage(files);
                if (delete)
                    storage.Delete("accounts");
                else
                    storage.SetAside("accounts");
                files.PowerUp();
                if (delete)
                    Assert.That(Read(new FileStorage(files), "accounts"), Is.Null.Or.EqualTo("newer"), $"seed {seed}, step {step}");
            }
    }

    private static string Text(int length, char letter) => new(letter, length);

    private static byte[] Renumbered(byte[] slot, params byte[] number)
    {
        byte[] changed = (byte[])slot.Clone();
        number.CopyTo(changed, 4);
        uint crc = Crc32Tests.Of(changed, changed.Length - 4);
        BitConverter.GetBytes(crc).CopyTo(changed, changed.Length - 4);
        return changed;
    }

    private static void Write(IStorage storage, string name, string text) => Assert.That(TryWrite(storage, name, text), Is.True);

    private static bool TryWrite(IStorage storage, string name, string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        return storage.BeginReplace(name) && storage.Append(bytes, 0, bytes.Length) && storage.Commit();
    }

    private string? Read(IStorage storage, string name)
    {
        int read = storage.Read(name, 0, _buffer, 0, _buffer.Length);
        Assert.That(read, Is.Not.EqualTo(StorageStatus.Corrupt));
        return read < 0 ? null : Encoding.ASCII.GetString(_buffer, 0, read);
    }
}
