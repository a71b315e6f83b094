SELECT
    CASE WHEN channel IS NOT NULL THEN 0 WHEN is_scan THEN 1 ELSE 2 END AS source,
    channel,
    SUM(scans),
    COUNT(DISTINCT openid),
    SUM(new_followers),
    SUM(came_back),
    SUM(lost)
FROM (
    SELECT is_scan, channel, scans, openid, new_followers, came_back, lost
    FROM figure
    WHERE day BETWEEN ?2 AND ?3
    UNION ALL
    SELECT 1, name, 0, NULL, 0, 0, 0
    FROM channel
    WHERE account = ?1
)
GROUP BY source, channel
ORDER BY source, channel
