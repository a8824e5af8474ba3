using Lwm2m.Formats;

namespace Lwm2m.Client;

/// <summary>
/// A set of notification attributes (Core 7.3.2): what a Write-Attributes request names, what is attached somewhere, or what
/// is in force after inheritance. Reused; <see cref="Mask"/> tells which of the values mean anything.
/// </summary>
internal sealed partial class AttributeSet
{
    public const int MinimumPeriod = 1;
    public const int MaximumPeriod = 2;
    public const int MinimumEvaluation = 4;
    public const int MaximumEvaluation = 8;
    public const int Greater = 16;
    public const int Less = 32;
    public const int Step = 64;
    public const int EdgeBit = 128;
    public const int ConfirmableBit = 256;
    public const int QueueBit = 512;

    /// <summary>All attributes.</summary>
    public const int All = 1023;

    /// <summary>The longest period in seconds, and the largest hqmax.</summary>
    public const long MaxPeriod = 0xFFFFFFFF;

    /// <summary>Conditions on a value; without any of them every change counts.</summary>
    public const int Conditions = Greater | Less | Step | EdgeBit;

    /// <summary>Which attributes are set.</summary>
    public int Mask;

    /// <summary>Which attributes the request unsets: <c>?pmin</c> without a value.</summary>
    public int ClearMask;

    /// <summary>pmin in seconds.</summary>
    public long Pmin;

    /// <summary>pmax in seconds.</summary>
    public long Pmax;

    /// <summary>epmin in seconds.</summary>
    public long Epmin;

    /// <summary>epmax in seconds.</summary>
    public long Epmax;

    /// <summary>hqmax, number of stored notifications.</summary>
    public long Hqmax;

    /// <summary>edge: 0 falling, 1 rising.</summary>
    public int Edge;

    /// <summary>con: 0 or 1.</summary>
    public int Con;

    /// <summary>gt.</summary>
    public double Gt;

    /// <summary>lt.</summary>
    public double Lt;

    /// <summary>st.</summary>
    public double St;

    /// <summary>Sets nothing, unsets nothing.</summary>
    public void Clear()
    {
        Mask = 0;
        ClearMask = 0;
    }

    /// <summary>Takes in one query option such as <c>pmin=10</c>, <c>gt=-4.5</c> or <c>st</c>. BadRequest: unknown, doubled or no proper value.</summary>
    public Outcome ParseQuery(Numbers numbers, byte[] buffer, int offset, int length)
    {
        int equals = 0;
        while (equals < length && buffer[offset + equals] != '=')
            equals++;
        int bit = Name(buffer, offset, equals);
        if (bit == 0 || ((Mask | ClearMask) & bit) != 0)
            return Outcome.BadRequest;
        if (equals == length)
        {
            ClearMask |= bit;
            return Outcome.Ok;
        }

        int at = offset + equals + 1;
        int count = length - equals - 1;
        Mask |= bit;
        return (bit & (Greater | Less | Step)) != 0 ? ParseThreshold(numbers, bit, buffer, at, count) : ParseWhole(bit, buffer, at, count);
    }

    // The grammar has no sign and no exponent; both are taken all the same (thresholds below zero are real).
    private Outcome ParseThreshold(Numbers numbers, int bit, byte[] buffer, int at, int count)
    {
        if (numbers.ParseFloat(buffer, at, count, out double value) != FormatStatus.Ok || double.IsNaN(value))
            return Outcome.BadRequest;
        if (bit == Greater)
            Gt = value;
        else if (bit == Less)
            Lt = value;
        else if (value < 0)
            return Outcome.BadRequest;
        else
            St = value;
        return Outcome.Ok;
    }

    private Outcome ParseWhole(int bit, byte[] buffer, int at, int count)
    {
        if (Numbers.Parse(buffer, at, count, out long value) != FormatStatus.Ok || value < 0 || value > MaxPeriod)
            return Outcome.BadRequest;
        switch (bit)
        {
            case MinimumPeriod:
                Pmin = value;
                return Outcome.Ok;
            case MaximumPeriod:
                Pmax = value;
                return Outcome.Ok;
            case MinimumEvaluation:
                Epmin = value;
                return Outcome.Ok;
            case MaximumEvaluation:
                Epmax = value;
                return Outcome.Ok;
            case QueueBit:
                Hqmax = value;
                return Outcome.Ok;
            case EdgeBit:
                Edge = (int)value;
                return value <= 1 ? Outcome.Ok : Outcome.BadRequest;
            default:
                Con = (int)value;
                return value <= 1 ? Outcome.Ok : Outcome.BadRequest;
        }
    }

    private static int Name(byte[] buffer, int at, int length)
    {
        byte first = length > 0 ? buffer[at] : (byte)0;
        byte last = length > 1 ? buffer[at + length - 1] : (byte)0;
        switch (length)
        {
            case 2:
                if (last != 't')
                    return 0;
                return first == 'g' ? Greater : first == 'l' ? Less : first == 's' ? Step : 0;
            case 3:
                return Matches("con", buffer, at) ? ConfirmableBit : 0;
            case 4:
                return Matches("pmin", buffer, at) ? MinimumPeriod
                    : Matches("pmax", buffer, at) ? MaximumPeriod
                    : Matches("edge", buffer, at) ? EdgeBit : 0;
            case 5:
                return Matches("epmin", buffer, at) ? MinimumEvaluation
                    : Matches("epmax", buffer, at) ? MaximumEvaluation
                    : Matches("hqmax", buffer, at) ? QueueBit : 0;
            default:
                return 0;
        }
    }

    private static bool Matches(string name, byte[] buffer, int at)
    {
        for (int index = 0; index < name.Length; index++)
            if (buffer[at + index] != name[index])
                return false;
        return true;
    }

    /// <summary>
    /// Whether the set fits its place and itself: thresholds on numbers and edge on Booleans only, at resource level
    /// (Core 7.3.2, table of attributes); lt + 2 st below gt; epmin below epmax. pmax below pmin is legal and ignored.
    /// </summary>
    /// <param name="level">Levels of the path, 1 to 4.</param>
    /// <param name="type">Type of the resource.</param>
    public Outcome Validate(int level, DataType type)
    {
        int named = Mask | ClearMask;
        bool numeric = type == DataType.Integer || type == DataType.Unsigned || type == DataType.Float || type == DataType.Time;
        if ((named & (Greater | Less | Step)) != 0 && (level < 3 || !numeric))
            return Outcome.BadRequest;
        if ((named & EdgeBit) != 0 && (level < 3 || type != DataType.Boolean))
            return Outcome.BadRequest;
        const int Both = Greater | Less;
        if ((Mask & Both) == Both && Lt + ((Mask & Step) != 0 ? 2 * St : 0) >= Gt)
            return Outcome.BadRequest;
        const int Evaluation = MinimumEvaluation | MaximumEvaluation;
        return (Mask & Evaluation) == Evaluation && Epmin >= Epmax ? Outcome.BadRequest : Outcome.Ok;
    }

    /// <summary>Writes the set as attributes of the last link, in the order of the specification's examples.</summary>
    public void WriteTo(LinkWriter links)
    {
        if (Mask == 0)
            return;
        Whole(links, MinimumPeriod, "pmin", Pmin);
        Whole(links, MaximumPeriod, "pmax", Pmax);
        if ((Mask & Greater) != 0)
            links.AttributeFloat("gt", Gt);
        if ((Mask & Less) != 0)
            links.AttributeFloat("lt", Lt);
        if ((Mask & Step) != 0)
            links.AttributeFloat("st", St);
        Whole(links, MinimumEvaluation, "epmin", Epmin);
        Whole(links, MaximumEvaluation, "epmax", Epmax);
        Whole(links, EdgeBit, "edge", Edge);
        Whole(links, ConfirmableBit, "con", Con);
        Whole(links, QueueBit, "hqmax", Hqmax);
    }

    private void Whole(LinkWriter links, int bit, string name, long value)
    {
        if ((Mask & bit) != 0)
            links.Attribute(name, value);
    }
}
