using System;
using System.IO;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Storage;

public class StorageFolderTests
{
    private string _folder = "";

    [SetUp]
    public void MakeName() => _folder = Path.Combine(Path.GetTempPath(), "lwm2m-" + Guid.NewGuid().ToString("n"));

    [TearDown]
    public void Remove()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, true);
    }

    [Test]
    public void Records_lie_in_files_that_only_the_owner_may_read()
    {
        var storage = new FileStorage(new StorageFolder(_folder));
        Write(storage, "secret");
        Write(storage, "secret, changed");
        if (OperatingSystem.IsWindows())
            return;
        Assert.That(File.GetUnixFileMode(_folder), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        string[] files = Directory.GetFiles(_folder);
        Assert.That(files, Has.Length.EqualTo(2));
        foreach (string file in files)
            Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void A_file_that_others_could_read_is_closed_to_them_by_the_next_write()
    {
        if (OperatingSystem.IsWindows())
            return;
        Directory.CreateDirectory(_folder);
        string open = Path.Combine(_folder, "accounts.0");
        File.WriteAllText(open, "noise");
        File.SetUnixFileMode(open, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        var storage = new FileStorage(new StorageFolder(_folder));
        Write(storage, "one");
        Write(storage, "two");
        Assert.That(File.GetUnixFileMode(open), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void Another_process_finds_what_was_committed()
    {
        Write(new FileStorage(new StorageFolder(_folder)), "first");
        Write(new FileStorage(new StorageFolder(_folder)), "second");
        var buffer = new byte[20];
        Assert.That(new FileStorage(new StorageFolder(_folder)).Read("accounts", 2, buffer, 0, 20), Is.EqualTo(4));
        Assert.That(buffer[0], Is.EqualTo((byte)'c'));
    }

    [Test]
    public void What_the_disk_refuses_is_an_answer()
    {
        var storage = new FileStorage(new StorageFolder(_folder));
        Write(storage, "first");
        Directory.Delete(_folder, true);
        Assert.That(storage.BeginReplace("accounts"), Is.False);
        Assert.That(storage.Read("objects", 0, new byte[4], 0, 4), Is.EqualTo(StorageStatus.None));
        Assert.That(storage.SetAside("objects"), Is.True);
        Assert.That(() => new FileStorage(new StorageFolder(Path.Combine("/dev/null", "folder"))), Throws.InstanceOf<IOException>());
    }

    [Test]
    public void A_corrupt_record_is_kept_under_another_name()
    {
        var storage = new FileStorage(new StorageFolder(_folder));
        Write(storage, "first");
        File.WriteAllText(Path.Combine(_folder, "accounts.0"), "noise");
        var again = new FileStorage(new StorageFolder(_folder));
        Assert.That(again.Read("accounts", 0, new byte[4], 0, 4), Is.EqualTo(StorageStatus.Corrupt));
        Assert.That(again.SetAside("accounts"), Is.True);
        Assert.That(File.ReadAllText(Path.Combine(_folder, "accounts.bad")), Is.EqualTo("noise"));
    }

    private static void Write(IStorage storage, string text)
    {
        byte[] bytes = System.Text.Encoding.ASCII.GetBytes(text);
        Assert.That(storage.BeginReplace("accounts") && storage.Append(bytes, 0, bytes.Length) && storage.Commit(), Is.True);
    }
}
