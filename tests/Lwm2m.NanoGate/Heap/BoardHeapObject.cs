namespace Lwm2m.NanoGate.Heap;

/// <summary>One object with its price in bytes, the line of the table it belongs to, and the first path that led to it.</summary>
public sealed record BoardHeapObject(string Type, string Path, int Bytes);
