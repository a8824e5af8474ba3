namespace Lwm2m.NanoGate.Reference;

internal enum ApiTypeKind
{
    Class,
    Struct,
    Interface,
    Enum,
    Delegate,
}
