namespace Lwm2m.NanoGate.Reference;

internal enum ApiMemberKind
{
    Constructor,
    Method,
    Operator,
    Finalizer,
    Property,
    Indexer,
    Event,
    Field,
    Constant,
    EnumValue,
}
