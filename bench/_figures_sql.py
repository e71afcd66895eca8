"""The figures of a quarter once more, as somebody would write them by hand: one statement for all measures and units.

It obeys the same dates (decisions D3 and D17): every entry counts where its unit stood on its day, or until that day.
Each row is measure, unit, dimension («» for the number itself), code, this period, last year, since January.
"""

from __future__ import annotations

STATEMENT = """
WITH span AS (
    SELECT {value_start} AS vs, {value_end} AS ve, {previous_start} AS ps, {previous_end} AS pe, {year_start} AS cs,
        {value_day} AS vd, {previous_day} AS pd, {eve} AS ed, {previous_eve} AS ped
), asked AS (
    SELECT id, code FROM organizations_unit WHERE code IN ({units})
), ev AS (
    SELECT e.kind AS fact, e.unit_id, e.effective_date AS d, e.member_id, e.round AS code, e.how AS other
    FROM members_memberentry e, span
    WHERE e.kind IN ('admitted', 'recognised', 'card_issued', 'left', 'died', 'restored') AND NOT e.void
        AND NOT EXISTS (SELECT 1 FROM members_memberentry c WHERE c.corrects_id = e.id)
        AND ((e.effective_date >= ps AND e.effective_date < pe) OR (e.effective_date >= cs AND e.effective_date < ve))
    UNION ALL
    SELECT 'disciplined', e.unit_id, e.effective_date, e.member_id, e.form, e.level
    FROM inspection_disciplineentry e, span
    WHERE NOT e.void AND NOT EXISTS (SELECT 1 FROM inspection_disciplineentry c WHERE c.corrects_id = e.id)
        AND ((e.effective_date >= ps AND e.effective_date < pe) OR (e.effective_date >= cs AND e.effective_date < ve))
    UNION ALL
    SELECT 'appointed', e.unit_id, e.effective_date, e.member_id, e.office, '' FROM members_officeentry e, span
    WHERE e.kind IN ('appointed', 'approved') AND NOT e.void
        AND NOT EXISTS (SELECT 1 FROM members_officeentry c WHERE c.corrects_id = e.id)
        AND ((e.effective_date >= ps AND e.effective_date < pe) OR (e.effective_date >= cs AND e.effective_date < ve))
    UNION ALL
    SELECT e.kind, e.unit_id, e.effective_date, NULL, '', '' FROM organizations_committeeentry e, span
    WHERE NOT e.void AND NOT EXISTS (SELECT 1 FROM organizations_committeeentry c WHERE c.corrects_id = e.id)
        AND ((e.effective_date >= ps AND e.effective_date < pe) OR (e.effective_date >= cs AND e.effective_date < ve))
    UNION ALL
    SELECT CASE WHEN e.kind = 'kind_changed' THEN 'established' ELSE e.kind END, e.subject_id, e.effective_date, NULL,
        COALESCE((SELECT k.kind FROM organizations_unitkindspan k WHERE k.unit_id = e.subject_id
            AND k.valid_from <= e.effective_date AND k.valid_to > e.effective_date),
            (SELECT k.kind FROM organizations_unitkindspan k WHERE k.unit_id = e.subject_id
            AND k.valid_to = e.effective_date)), ''
    FROM organizations_unitentry e, span
    WHERE (e.kind IN ('established', 'dissolved', 'merged', 'split')
            OR (e.kind = 'kind_changed' AND e.counts_as_established)) AND NOT e.void
        AND NOT EXISTS (SELECT 1 FROM organizations_unitentry c WHERE c.corrects_id = e.id)
        AND ((e.effective_date >= ps AND e.effective_date < pe) OR (e.effective_date >= cs AND e.effective_date < ve))
), transfers AS (
    SELECT e.id, e.from_unit_id, e.to_unit_id, e.effective_date AS d, e.temporary FROM members_memberentry e, span
    WHERE e.kind = 'transferred' AND NOT e.void
        AND NOT EXISTS (SELECT 1 FROM members_memberentry c WHERE c.corrects_id = e.id)
        AND ((e.effective_date >= ps AND e.effective_date < pe) OR (e.effective_date >= cs AND e.effective_date < ve))
), placed AS (
    SELECT unit_id, d FROM ev UNION SELECT from_unit_id, d FROM transfers UNION SELECT to_unit_id, d FROM transfers
), stand AS (
    SELECT p.unit_id, p.d, a.ancestor_id, a.depth FROM placed p JOIN organizations_ancestry a
        ON a.descendant_id = p.unit_id AND a.valid_from <= p.d AND a.valid_to > p.d
    UNION ALL
    SELECT p.unit_id, p.d, a.ancestor_id, a.depth FROM placed p JOIN organizations_ancestry a
        ON a.descendant_id = p.unit_id AND a.valid_from < p.d AND a.valid_to = p.d
    WHERE NOT EXISTS (SELECT 1 FROM organizations_ancestry n WHERE n.descendant_id = p.unit_id AND n.depth = 0
        AND n.valid_from <= p.d AND n.valid_to > p.d)
), here AS (
    SELECT ev.*, asked.code AS unit,
        CASE WHEN ev.fact = 'admitted' THEN COALESCE((SELECT g.code FROM stand up
            JOIN organizations_groupmembership m ON m.unit_id = up.ancestor_id
                AND m.valid_from <= ev.d AND m.valid_to > ev.d
            JOIN organizations_group g ON g.id = m.group_id AND g.kind = 'sector'
            WHERE up.unit_id = ev.unit_id AND up.d = ev.d ORDER BY up.depth LIMIT 1), 'unknown') END AS sector,
        CASE WHEN ev.fact = 'admitted' THEN COALESCE((SELECT t.value FROM members_traitspan t
            WHERE t.member_id = ev.member_id AND t.trait = 'sex'
            AND t.valid_from <= ev.d AND t.valid_to > ev.d), 'unknown') END AS sex,
        CASE WHEN ev.fact = 'card_issued' THEN (SELECT up.ancestor_id FROM stand up
            JOIN organizations_unitkindspan k ON k.unit_id = up.ancestor_id
                AND k.kind IN ('grassroots_committee', 'grassroots_cell')
                AND k.valid_from <= ev.d AND k.valid_to > ev.d
            WHERE up.unit_id = ev.unit_id AND up.d = ev.d AND up.depth <= stand.depth
            ORDER BY up.depth LIMIT 1) END AS organization,
        d >= vs AND d < ve AS now, d >= ps AND d < pe AS last, d >= cs AND d < ve AS so_far
    FROM ev JOIN stand USING (unit_id, d) JOIN asked ON asked.id = stand.ancestor_id CROSS JOIN span
), ways AS (
    SELECT t.id, t.d, t.temporary, asked.code AS unit, MAX(t.side) AS came, MIN(t.side) AS went FROM (
        SELECT id, from_unit_id AS unit_id, d, temporary, 0 AS side FROM transfers
        UNION ALL SELECT id, to_unit_id, d, temporary, 1 FROM transfers) t
    JOIN stand USING (unit_id, d) JOIN asked ON asked.id = stand.ancestor_id
    GROUP BY t.id, t.d, t.temporary, asked.code
), ways_here AS (
    SELECT unit, CASE WHEN came = 1 AND went = 0 THEN 'within' WHEN came = 1 THEN 'in' ELSE 'out' END AS direction,
        CASE WHEN temporary THEN 'temporary' ELSE 'official' END AS term,
        d >= vs AND d < ve AS now, d >= ps AND d < pe AS last, d >= cs AND d < ve AS so_far
    FROM ways CROSS JOIN span
), changed AS (
    SELECT a.descendant_id AS unit_id, a.valid_from AS day FROM organizations_ancestry a, span
    WHERE (a.valid_from >= ps AND a.valid_from < pe) OR (a.valid_from >= cs AND a.valid_from < ve)
    UNION SELECT a.descendant_id, a.valid_to FROM organizations_ancestry a, span
    WHERE (a.valid_to >= ps AND a.valid_to < pe) OR (a.valid_to >= cs AND a.valid_to < ve)
), eves AS (
    SELECT c.unit_id, c.day, a.ancestor_id FROM changed c JOIN organizations_ancestry a
        ON a.descendant_id = c.unit_id AND a.valid_from < c.day AND a.valid_to >= c.day
), days AS (
    SELECT c.unit_id, c.day, a.ancestor_id FROM changed c JOIN organizations_ancestry a
        ON a.descendant_id = c.unit_id AND a.valid_from <= c.day AND a.valid_to > c.day
), carried AS (
    SELECT c.unit_id, c.day,
        (SELECT COUNT(*) FROM members_membershipspell s WHERE s.unit_id = c.unit_id AND (
            (EXISTS (SELECT 1 FROM days n WHERE n.unit_id = c.unit_id AND n.day = c.day)
                AND s.valid_from < c.day AND s.valid_to >= c.day)
            OR (NOT EXISTS (SELECT 1 FROM days n WHERE n.unit_id = c.unit_id AND n.day = c.day)
                AND s.valid_from <= c.day AND s.valid_to > c.day)))
        + (SELECT COUNT(*) FROM members_memberentry e WHERE e.unit_id = c.unit_id AND e.kind = 'opening' AND NOT e.void
            AND e.effective_date = c.day
            AND NOT EXISTS (SELECT 1 FROM members_memberentry x WHERE x.corrects_id = e.id)
            AND NOT EXISTS (SELECT 1 FROM eves b WHERE b.unit_id = c.unit_id AND b.day = c.day)
            AND NOT EXISTS (SELECT 1 FROM organizations_unitentry u WHERE u.subject_id = c.unit_id
                AND u.kind = 'opening' AND u.effective_date = c.day)) AS number
    FROM changed c
), unit_moves AS (
    SELECT e.subject_id AS unit_id, e.effective_date AS day, 1 AS number,
        COALESCE((SELECT k.kind FROM organizations_unitkindspan k WHERE k.unit_id = e.subject_id
            AND k.valid_from <= e.effective_date AND k.valid_to > e.effective_date),
            (SELECT k.kind FROM organizations_unitkindspan k WHERE k.unit_id = e.subject_id
            AND k.valid_to = e.effective_date)) AS form
    FROM organizations_unitentry e, span WHERE e.kind IN ('received', 'handed_over', 'moved') AND NOT e.void
        AND NOT EXISTS (SELECT 1 FROM organizations_unitentry c WHERE c.corrects_id = e.id)
        AND NOT EXISTS (SELECT 1 FROM organizations_unitentry p
            WHERE p.kind = e.kind AND p.effective_date = e.effective_date AND p.subject_id =
                CASE e.kind WHEN 'received' THEN e.to_parent_id WHEN 'handed_over' THEN e.from_parent_id END)
        AND ((e.effective_date >= ps AND e.effective_date < pe) OR (e.effective_date >= cs AND e.effective_date < ve))
), moves AS (
    SELECT 'members' AS what, 'in' AS direction, d.ancestor_id, c.day, '' AS form, c.number FROM carried c
    JOIN days d USING (unit_id, day)
    WHERE NOT EXISTS (SELECT 1 FROM eves b WHERE (b.unit_id, b.day, b.ancestor_id) = (d.unit_id, d.day, d.ancestor_id))
    UNION ALL
    SELECT 'members', 'out', b.ancestor_id, c.day, '', c.number FROM carried c JOIN eves b USING (unit_id, day)
    WHERE NOT EXISTS (SELECT 1 FROM days d WHERE (d.unit_id, d.day, d.ancestor_id) = (b.unit_id, b.day, b.ancestor_id))
    UNION ALL
    SELECT 'units', 'in', d.ancestor_id, m.day, m.form, 1 FROM unit_moves m JOIN days d USING (unit_id, day)
    WHERE NOT EXISTS (SELECT 1 FROM eves b WHERE (b.unit_id, b.day, b.ancestor_id) = (d.unit_id, d.day, d.ancestor_id))
    UNION ALL
    SELECT 'units', 'out', b.ancestor_id, m.day, m.form, 1 FROM unit_moves m JOIN eves b USING (unit_id, day)
    WHERE NOT EXISTS (SELECT 1 FROM days d WHERE (d.unit_id, d.day, d.ancestor_id) = (b.unit_id, b.day, b.ancestor_id))
), moves_here AS (
    SELECT what, direction, asked.code AS unit, form, number,
        day >= vs AND day < ve AS now, day >= ps AND day < pe AS last, day >= cs AND day < ve AS so_far
    FROM moves JOIN asked ON asked.id = moves.ancestor_id CROSS JOIN span
), sectors AS (
    SELECT a.descendant_id AS unit_id, g.kind, g.code,
        ROW_NUMBER() OVER (PARTITION BY a.descendant_id, g.kind ORDER BY a.depth) AS nearest
    FROM span JOIN organizations_ancestry a ON a.valid_from <= vd AND a.valid_to > vd
    JOIN organizations_groupmembership m ON m.unit_id = a.ancestor_id AND m.valid_from <= vd AND m.valid_to > vd
    JOIN organizations_group g ON g.id = m.group_id
), readings AS (
    SELECT 'value' AS part, vd AS day FROM span UNION ALL SELECT 'previous', pd FROM span
    UNION ALL SELECT 'eve', ed FROM span UNION ALL SELECT 'previous_eve', ped FROM span
), members AS (
    SELECT r.part, s.unit_id, r.day, s.official, COALESCE(t.value, 'unknown') AS sex, COUNT(*) AS number,
        CASE WHEN m.birth_date <= {age_61} THEN 'over-60' WHEN m.birth_date <= {age_51} THEN '51-60'
            WHEN m.birth_date <= {age_41} THEN '41-50' WHEN m.birth_date <= {age_31} THEN '31-40'
            ELSE 'under-31' END AS age
    FROM readings r JOIN members_membershipspell s ON s.valid_from <= r.day AND s.valid_to > r.day
    JOIN members_member m ON m.id = s.member_id
    LEFT JOIN members_traitspan t ON r.part = 'value' AND t.member_id = m.id AND t.trait = 'sex'
        AND t.valid_from <= r.day AND t.valid_to > r.day
    GROUP BY r.part, s.unit_id, r.day, s.official, COALESCE(t.value, 'unknown'), age
), members_here AS (
    SELECT m.*, asked.code AS unit, COALESCE(x.code, 'unknown') AS sector FROM members m
    JOIN organizations_ancestry a ON a.descendant_id = m.unit_id AND a.valid_from <= m.day AND a.valid_to > m.day
    JOIN asked ON asked.id = a.ancestor_id
    LEFT JOIN sectors x ON x.unit_id = m.unit_id AND x.kind = 'sector' AND x.nearest = 1
), units_here AS (
    SELECT r.part, asked.code AS unit, k.kind,
        COALESCE(x.code, 'unknown') AS sector, COALESCE(y.code, 'unknown') AS cluster
    FROM readings r JOIN organizations_unitkindspan k ON k.valid_from <= r.day AND k.valid_to > r.day
        AND k.kind IN ('grassroots_committee', 'grassroots_cell', 'cell') AND r.part IN ('value', 'previous')
    JOIN organizations_ancestry a ON a.descendant_id = k.unit_id AND a.valid_from <= r.day AND a.valid_to > r.day
    JOIN asked ON asked.id = a.ancestor_id
    LEFT JOIN sectors x ON x.unit_id = k.unit_id AND x.kind = 'sector' AND x.nearest = 1
    LEFT JOIN sectors y ON y.unit_id = k.unit_id AND y.kind = 'cluster' AND y.nearest = 1
)
SELECT fact, unit, '' AS dimension, '' AS code, COUNT(CASE WHEN now THEN 1 END), COUNT(CASE WHEN last THEN 1 END),
    COUNT(CASE WHEN so_far THEN 1 END) FROM here GROUP BY fact, unit
UNION ALL SELECT fact, unit, 'sector', sector, COUNT(*), 0, 0 FROM here WHERE fact = 'admitted' AND now GROUP BY 1, 2, 4
UNION ALL SELECT fact, unit, 'sex', sex, COUNT(*), 0, 0 FROM here WHERE fact = 'admitted' AND now GROUP BY 1, 2, 4
UNION ALL SELECT fact, unit, 'code', code, COUNT(*), 0, 0 FROM here WHERE now GROUP BY 1, 2, 4
UNION ALL SELECT fact, unit, 'other', other, COUNT(*), 0, 0 FROM here
    WHERE fact IN ('left', 'disciplined') AND now GROUP BY 1, 2, 4
UNION ALL SELECT 'card_organizations', unit, '', '', COUNT(DISTINCT CASE WHEN now THEN organization END),
    COUNT(DISTINCT CASE WHEN last THEN organization END), COUNT(DISTINCT CASE WHEN so_far THEN organization END)
    FROM here WHERE fact = 'card_issued' GROUP BY unit
UNION ALL SELECT 'transferred', unit, '', '', COUNT(CASE WHEN now THEN 1 END), COUNT(CASE WHEN last THEN 1 END),
    COUNT(CASE WHEN so_far THEN 1 END) FROM ways_here GROUP BY unit
UNION ALL SELECT 'transferred', unit, 'term', term, COUNT(*), 0, 0 FROM ways_here WHERE now GROUP BY unit, term
UNION ALL SELECT 'transferred', unit, 'direction', direction, COUNT(*), 0, 0 FROM ways_here WHERE now
    GROUP BY unit, direction
UNION ALL SELECT 'transferred_' || direction, unit, '', '', COUNT(CASE WHEN now THEN 1 END),
    COUNT(CASE WHEN last THEN 1 END), COUNT(CASE WHEN so_far THEN 1 END) FROM ways_here GROUP BY direction, unit
UNION ALL SELECT 'transferred_' || direction, unit, 'term', term, COUNT(*), 0, 0 FROM ways_here WHERE now
    GROUP BY direction, unit, term
UNION ALL SELECT what || '_' || direction, unit, '', '', SUM(CASE WHEN now THEN number ELSE 0 END),
    SUM(CASE WHEN last THEN number ELSE 0 END), SUM(CASE WHEN so_far THEN number ELSE 0 END)
    FROM moves_here GROUP BY what, direction, unit
UNION ALL SELECT what || '_' || direction, unit, 'form', form, SUM(number), 0, 0 FROM moves_here
    WHERE now AND what = 'units' GROUP BY what, direction, unit, form
UNION ALL SELECT 'total', unit, '', '', SUM(CASE WHEN part = 'value' THEN number ELSE 0 END),
    SUM(CASE WHEN part = 'previous' THEN number ELSE 0 END), 0 FROM members_here GROUP BY unit
UNION ALL SELECT 'eve', unit, '', '', SUM(CASE WHEN part = 'eve' THEN number ELSE 0 END),
    SUM(CASE WHEN part = 'previous_eve' THEN number ELSE 0 END), 0 FROM members_here GROUP BY unit
UNION ALL SELECT 'total', unit, 'status', CASE WHEN official THEN 'official' ELSE 'probationary' END, SUM(number), 0, 0
    FROM members_here WHERE part = 'value' GROUP BY unit, official
UNION ALL SELECT 'total', unit, 'sex', sex, SUM(number), 0, 0 FROM members_here WHERE part = 'value' GROUP BY unit, sex
UNION ALL SELECT 'total', unit, 'age_group', age, SUM(number), 0, 0 FROM members_here WHERE part = 'value'
    GROUP BY unit, age
UNION ALL SELECT 'total', unit, 'sector', sector, SUM(number), 0, 0 FROM members_here WHERE part = 'value'
    GROUP BY unit, sector
UNION ALL SELECT CASE kind WHEN 'cell' THEN 'cells' ELSE 'grassroots' END, unit, '', '',
    COUNT(CASE WHEN part = 'value' THEN 1 END), COUNT(CASE WHEN part = 'previous' THEN 1 END), 0
    FROM units_here GROUP BY 1, unit
UNION ALL SELECT CASE kind WHEN 'cell' THEN 'cells' ELSE 'grassroots' END, unit, 'sector', sector, COUNT(*), 0, 0
    FROM units_here WHERE part = 'value' GROUP BY 1, unit, sector
UNION ALL SELECT 'grassroots', unit, 'form', kind, COUNT(*), 0, 0 FROM units_here
    WHERE part = 'value' AND kind <> 'cell' GROUP BY unit, kind
UNION ALL SELECT 'grassroots', unit, 'cluster', cluster, COUNT(*), 0, 0 FROM units_here
    WHERE part = 'value' AND kind <> 'cell' GROUP BY unit, cluster
"""

# Fact of the statement -> measure; the dimensions «code» and «other» have the measure's own names.
MEASURES: dict[str, tuple[str, dict[str, str]]] = {
    "grassroots": ("organizations.grassroots", {}),
    "cells": ("organizations.cells", {}),
    "established": ("organizations.established", {"code": "form"}),
    "dissolved": ("organizations.dissolved", {"code": "form"}),
    "merged": ("organizations.merged", {"code": "form"}),
    "split": ("organizations.split", {"code": "form"}),
    "units_in": ("organizations.received", {}),
    "units_out": ("organizations.handed_over", {}),
    "members_in": ("organizations.members_received", {}),
    "members_out": ("organizations.members_handed_over", {}),
    "establishment_opinion": ("organizations.establishment_opinions", {}),
    "consolidated": ("committees.consolidated", {}),
    "inspection_planned": ("offices.inspection_commissions_planned", {}),
    "inspection_approved": ("offices.inspection_commissions_approved", {}),
    "appointed": ("offices.appointed", {"code": "office"}),
    "total": ("members.total", {}),
    "admitted": ("members.admitted", {}),
    "recognised": ("members.recognised", {}),
    "card_issued": ("members.cards_issued", {"code": "round"}),
    "card_organizations": ("members.cards_issued_organizations", {}),
    "transferred": ("members.transferred", {}),
    "transferred_in": ("members.transferred_in", {}),
    "transferred_out": ("members.transferred_out", {}),
    "transferred_within": ("members.transferred_within", {}),
    "left": ("members.left", {"other": "how"}),
    "died": ("members.died", {}),
    "restored": ("members.restored", {}),
    "disciplined": ("discipline.members", {"code": "form", "other": "level"}),
}
