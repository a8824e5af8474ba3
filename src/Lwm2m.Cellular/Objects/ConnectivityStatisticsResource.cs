namespace Lwm2m.Cellular;

/// <summary>Ids of the resources of the Connectivity Statistics object (/7), version 1.0.</summary>
public static class ConnectivityStatisticsResource
{
    /// <summary>SMS Tx Counter.</summary>
    public const int SmsTxCounter = 0;

    /// <summary>SMS Rx Counter.</summary>
    public const int SmsRxCounter = 1;

    /// <summary>Tx Data in kilobytes.</summary>
    public const int TxData = 2;

    /// <summary>Rx Data in kilobytes.</summary>
    public const int RxData = 3;

    /// <summary>Max Message Size in bytes.</summary>
    public const int MaxMessageSize = 4;

    /// <summary>Average Message Size in bytes.</summary>
    public const int AverageMessageSize = 5;

    /// <summary>Start.</summary>
    public const int Start = 6;

    /// <summary>Stop.</summary>
    public const int Stop = 7;

    /// <summary>Collection Period in seconds; 0 is until Stop.</summary>
    public const int CollectionPeriod = 8;
}
