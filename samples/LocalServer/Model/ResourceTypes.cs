using System;
using System.Collections.Generic;
using System.Globalization;
using Lwm2m.Formats;

namespace Lwm2m.Samples;

/// <summary>
/// Types of well-known resources. TLV and plain text carry no types, so a server needs them from elsewhere; from the OMA
/// registry in a real one. What is not listed is shown as it came: TLV as bytes, text as text.
/// </summary>
public static class ResourceTypes
{
    private static readonly Dictionary<int, string> Known = new()
    {
        [0] = "s:0,9,14,25,30 b:1 i:2,6,10-12,28-29 o:3-5,7-8 u:13,15-16,18-24 l:17,26-27", // LWM2M Security
        [1] = "i:0-3,5,26 b:6,15-16,21,23 s:7,22,25 l:10,24 u:11,13-14,17-20,27 t:12", // LwM2M Server
        [3] = "s:0-3,14-19 i:6-11,20-21 t:13 l:22", // Device
        [4] = "i:0-3,6,8-13 s:4-5,7", // Connectivity Monitoring
        [5] = "o:0 s:1,6-7 i:3,5,8-9,11 t:12 u:13 b:14", // Firmware Update
        [6] = "f:0-3,6 o:4 t:5", // Location
        [7] = "i:0-5,8", // Connectivity Statistics
        [9] = "s:0-1,3,14-16 o:2 l:5,13,17 i:7,9,18 b:8,12", // LWM2M Software Management
        [16] = "s:0 o:2 i:3", // Portfolio
        [3303] = "f:5601-5604,5700,6050 s:5701,5750 t:5518 i:6042,6049", // Temperature
        [3304] = "f:5601-5604,5700,6050 s:5701,5750 t:5518 i:6042,6049", // Humidity
        [3306] = "b:5850 i:5851-5852 s:5750,5853 t:5518 f:6050", // Actuation
        [3311] = "b:5850 i:5851-5852 f:5805,5820 s:5701,5706,5750", // Light Control
        [3312] = "b:5850 i:5851-5852 f:5805,5820,6050 s:5750 t:5518", // Power Control
        [3338] = "b:5850 f:5521,5525,5548,6050 s:5750 t:5518", // Buzzer
        [3342] = "b:5500 i:5501,5852,5854 s:5750 t:5518 f:6050", // On/Off switch
        [3347] = "b:5500 i:5501 s:5750 t:5518 f:6050", // Push button
        [3442] = "s:4,6,110,1110 i:120,1120 u:125,1125 f:130,1130 b:140,1140 o:150,1150 t:160,1160 l:170,1170 c:180,1180", // Test Object
    };

    private static readonly Dictionary<(int ObjectId, int ResourceId), DataType> Types = ReadTable();

    /// <summary>The type of a resource; null when it is not known here.</summary>
    /// <param name="objectId">Object id.</param>
    /// <param name="resourceId">Resource id.</param>
    public static DataType? Of(int objectId, int resourceId) =>
        Types.TryGetValue((objectId, resourceId), out DataType type) ? type : null;

    private static Dictionary<(int ObjectId, int ResourceId), DataType> ReadTable()
    {
        var types = new Dictionary<(int, int), DataType>();
        foreach ((int objectId, string row) in Known)
        {
            foreach (string group in row.Split(' '))
            {
                DataType type = TypeOf(group[0]);
                foreach (string range in group[2..].Split(','))
                {
                    string[] ends = range.Split('-');
                    int last = int.Parse(ends[^1], CultureInfo.InvariantCulture);
                    for (int id = int.Parse(ends[0], CultureInfo.InvariantCulture); id <= last; id++)
                        types.Add((objectId, id), type);
                }
            }
        }
        return types;
    }

    private static DataType TypeOf(char letter) => letter switch
    {
        's' => DataType.String,
        'i' => DataType.Integer,
        'u' => DataType.Unsigned,
        'f' => DataType.Float,
        'b' => DataType.Boolean,
        'o' => DataType.Opaque,
        't' => DataType.Time,
        'l' => DataType.ObjectLink,
        'c' => DataType.CoreLink,
        _ => throw new ArgumentOutOfRangeException(nameof(letter), letter, "No such type."),
    };
}
