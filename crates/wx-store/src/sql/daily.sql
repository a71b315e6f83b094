SELECT day, SUM(scans), SUM(new_followers), SUM(came_back), SUM(lost)
FROM figure
WHERE day BETWEEN ?2 AND ?3
GROUP BY day
ORDER BY day
