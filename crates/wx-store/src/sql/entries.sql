-- ?1 account, ?2..?6 cursor, ?7 now, then the filters: ?8 state, ?9 permanent, ?10 channel, ?11 scene, ?12 ticket, ?13 url,
-- ?14 expires at or before, ?15 limit. Each side is cut to a page before they are put together.
SELECT account, action_name, scene, batch, since, ticket, url, expires, channel, retired, stage, reason
FROM (
    SELECT * FROM (
        SELECT
            account, action_name, scene, batch, created AS since, ticket, url, expires, channel, retired,
            NULL AS stage, NULL AS reason
        FROM code
        WHERE account = ?1
            AND (?2 IS NULL OR (action_name, scene, batch, created, ticket) > (?2, ?3, ?4, ?5, ?6))
            AND (?8 IS NULL OR ?8 = CASE
                WHEN retired IS NOT NULL THEN 'retired'
                WHEN expires <= ?7 THEN 'expired'
                ELSE 'created'
            END)
            AND (?9 IS NULL OR (action_name IN ('QR_LIMIT_SCENE', 'QR_LIMIT_STR_SCENE')) = ?9)
            AND (?10 IS NULL OR channel = ?10)
            AND (?11 IS NULL OR scene = ?11)
            AND (?12 IS NULL OR ticket = ?12)
            AND (?13 IS NULL OR url = ?13)
            AND (?14 IS NULL OR expires <= ?14)
        ORDER BY action_name, scene, batch, created, ticket
        LIMIT ?15
    )
    UNION ALL
    SELECT * FROM (
        SELECT
            account, action_name, scene, batch, planned AS since, '' AS ticket, NULL AS url, NULL AS expires, channel,
            NULL AS retired, stage, reason
        FROM code_order
        WHERE account = ?1
            AND (?2 IS NULL OR (action_name, scene, batch, planned, '') > (?2, ?3, ?4, ?5, ?6))
            AND (?8 IS NULL OR ?8 = CASE stage WHEN 'asked' THEN 'unknown' WHEN 'given_up' THEN 'retired' ELSE stage END)
            AND (?9 IS NULL OR (action_name IN ('QR_LIMIT_SCENE', 'QR_LIMIT_STR_SCENE')) = ?9)
            AND (?10 IS NULL OR channel = ?10)
            AND (?11 IS NULL OR scene = ?11)
            AND ?12 IS NULL AND ?13 IS NULL AND ?14 IS NULL
        ORDER BY action_name, scene, batch, planned
        LIMIT ?15
    )
)
ORDER BY action_name, scene, batch, since, ticket
LIMIT ?15
