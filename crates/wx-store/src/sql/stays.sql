-- ?1 account, ?2 first day, ?3 last day
WITH
newest AS MATERIALIZED (
    SELECT scene, channel
    FROM (
        SELECT scene, channel, ROW_NUMBER() OVER (PARTITION BY scene ORDER BY created DESC, ticket DESC) AS age
        FROM code
        WHERE account = ?1 AND channel IS NOT NULL
    )
    WHERE age = 1
),
push AS MATERIALIZED (
    SELECT
        e.day, e.created, e.dedupe, e.openid,
        e.class IN ('follow_via_qr', 'scan') AS is_scan,
        e.class IN ('follow_via_qr', 'follow') AS is_follow,
        e.class <> 'scan' AS is_step,
        CASE WHEN e.class IN ('follow_via_qr', 'scan') THEN COALESCE(t.channel, n.channel) END AS channel
    FROM scan_event AS e
    LEFT JOIN code AS t ON t.account = ?1 AND t.ticket = e.ticket
    LEFT JOIN newest AS n ON n.scene = e.scene
    WHERE e.account = ?1 AND e.class IN ('follow_via_qr', 'follow', 'unfollow', 'scan')
),
step AS (
    SELECT
        *,
        LEAD(day) OVER (PARTITION BY openid ORDER BY created, is_follow, dedupe) AS next_day,
        SUM(is_follow) OVER (
            PARTITION BY openid ORDER BY created, is_follow, dedupe ROWS UNBOUNDED PRECEDING
        ) AS nth
    FROM push
    WHERE is_step
),
stay AS (
    SELECT day AS began, next_day AS ended, nth = 1 AS is_first, is_scan, channel
    FROM step
    WHERE is_follow
),
figure AS (
    SELECT day, is_scan, channel, 1 AS scans, openid, 0 AS new_followers, 0 AS came_back, 0 AS lost
    FROM push
    WHERE is_scan
    UNION ALL
    SELECT began, is_scan, channel, 0, NULL, is_first, NOT is_first, 0
    FROM stay
    UNION ALL
    SELECT ended, is_scan, channel, 0, NULL, 0, 0, 1
    FROM stay
    WHERE ended IS NOT NULL
)
