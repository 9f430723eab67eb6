#include "memory/views.h"

namespace noema::memory {

// Labels stand beside ids. They are looked up for the rows that are shown, so that a condition on an id uses its index.
// Tables, and none of the views, are joined: a condition then reaches the table's index in every version of SQLite.
const char* const kViewsOfFormat4 = R"sql(
CREATE VIEW life AS
  SELECT json_extract(t.value, '$.position') AS log_position,
         json_extract(t.value, '$.checkpoint_position') AS checkpoint_position,
         json_extract(t.value, '$.episodes') AS episodes,
         json_extract(t.value, '$.thoughts') AS thoughts,
         json_extract(t.value, '$.undos') AS undos,
         json_extract(t.value, '$.concepts') AS concepts,
         (SELECT value FROM meta WHERE key = 'seed') AS seed,
         (SELECT strftime('%Y-%m-%dT%H:%M:%S+00:00', value, 'unixepoch') FROM meta WHERE key = 'created') AS created,
         (SELECT hash FROM model ORDER BY id DESC LIMIT 1) AS model_hash
  FROM meta t WHERE t.key = 'totals';
CREATE VIEW concept AS
  SELECT c.id, c.kind, c.label, c.count,
         json_extract(c.details, '$.active') AS active,
         coalesce(json_extract(c.details, '$.protected'), 0) AS protected,
         (SELECT to_id FROM relations WHERE from_id = c.id AND type = 'redirect') AS redirect_id,
         (SELECT to_id FROM relations WHERE from_id = c.id AND type = 'instance-of') AS category_id,
         c.created_by_thought AS thought_id,
         (SELECT strftime('%Y-%m-%dT%H:%M:%S+00:00', time, 'unixepoch') FROM thoughts WHERE id = c.created_by_thought)
           AS thought_time
  FROM concepts c;
CREATE VIEW form AS
  SELECT f.concept_id, (SELECT label FROM concepts WHERE id = f.concept_id) AS concept, f.surface, f.count
  FROM forms f;
CREATE VIEW relation AS
  SELECT r.from_id, (SELECT label FROM concepts WHERE id = r.from_id) AS from_label, r.type,
         r.to_id, (SELECT label FROM concepts WHERE id = r.to_id) AS to_label, r.place,
         coalesce(r.count, (SELECT count FROM concepts WHERE id = iif(r.type = 'part-of', r.to_id, r.from_id))) AS count
  FROM relations r;
CREATE VIEW sense AS
  SELECT c.id AS concept_id, c.label, r.to_id AS unit_id, (SELECT label FROM concepts WHERE id = r.to_id) AS unit,
         c.count,
         (SELECT group_concat(n.label, ' ') FROM json_each(c.details, '$.members') j JOIN concepts n ON n.id = j.value)
           AS neighbours,
         c.created_by_thought AS thought_id
  FROM concepts c JOIN relations r ON r.from_id = c.id AND r.type = 'sense-of'
  WHERE json_extract(c.details, '$.active');
CREATE VIEW mention AS
  SELECT c.id AS concept_id, c.label AS concept, m.doc AS episode_id, m.offset AS place,
         (SELECT text FROM episodes WHERE id = m.doc) AS text
  FROM concepts c CROSS JOIN mention_places m ON m.term = CAST(c.id AS TEXT);
CREATE VIEW episode AS
  SELECT e.id, e.position, strftime('%Y-%m-%dT%H:%M:%S+00:00', e.time, 'unixepoch') AS time, e.kind, e.text, e.answer,
         e.speaker, e.label, e.group_name, e.outer_id, e.source, e.line, e.part, coalesce(e.begins_at, e.id) AS begins_at,
         (WITH RECURSIVE
            bytes(i, byte) AS (
              SELECT 0, NULL UNION ALL
              SELECT i + 1, instr('123456789ABCDEF', substr(hex(e.attachments), 2 * i + 1, 1)) * 16 +
                            instr('123456789ABCDEF', substr(hex(e.attachments), 2 * i + 2, 1))
              FROM bytes WHERE i < length(e.attachments)),
            numbers(i, is_whole, value, shift) AS (
              SELECT 0, 1, 0, 0 UNION ALL
              SELECT b.i, b.byte < 128, iif(n.is_whole, 0, n.value) | ((b.byte & 127) << iif(n.is_whole, 0, n.shift)),
                     iif(n.is_whole, 0, n.shift) + 7
              FROM numbers n JOIN bytes b ON b.i = n.i + 1)
          SELECT json_group_array(value) FROM numbers WHERE i > 0 AND is_whole) AS concepts
  FROM episodes e;
CREATE VIEW thought AS
  SELECT t.id, t.position, strftime('%Y-%m-%dT%H:%M:%S+00:00', t.time, 'unixepoch') AS time, t.kind,
         (SELECT group_concat(c.label, ' + ') FROM thought_concepts n JOIN concepts c ON c.id = n.concept
          WHERE n.thought = t.id AND n.role = 'about') AS about,
         (SELECT group_concat(c.label, ', ') FROM thought_concepts n JOIN concepts c ON c.id = n.concept
          WHERE n.thought = t.id AND n.role = 'made') AS made,
         t.operands, t.result_id, t.gain_bits, t.cost_seconds, t.candidates, t.reason, t.after_episode,
         t.undone_by IS NOT NULL AS undone,
         (SELECT strftime('%Y-%m-%dT%H:%M:%S+00:00', time, 'unixepoch') FROM log WHERE position = t.undone_by)
           AS undone_at
  FROM thoughts t;
CREATE VIEW thought_concept AS
  SELECT n.thought AS thought_id, (SELECT kind FROM thoughts WHERE id = n.thought) AS kind, n.role,
         n.concept AS concept_id, (SELECT label FROM concepts WHERE id = n.concept) AS concept
  FROM thought_concepts n;
CREATE VIEW evidence AS
  SELECT t.id AS thought_id, t.kind, j.value AS episode_id, (SELECT text FROM episodes WHERE id = j.value) AS text
  FROM thoughts t, json_each(t.evidence) j;
CREATE VIEW fact AS
  SELECT f.subject, f.relation, f.value, f.since_episode,
         (SELECT strftime('%Y-%m-%dT%H:%M:%S+00:00', time, 'unixepoch') FROM episodes WHERE id = f.since_episode)
           AS since,
         f.until_episode,
         (SELECT strftime('%Y-%m-%dT%H:%M:%S+00:00', time, 'unixepoch') FROM episodes WHERE id = f.until_episode)
           AS until,
         json_array_length(f.told) AS times_told, f.told
  FROM facts f;
CREATE VIEW rule AS
  SELECT r.rule,
         (SELECT group_concat(j.value, ' and ') FROM json_each(r.path) j) AS path, r.holds, r.fails
  FROM rules r;
)sql";

const char* const kFactViewOfFormat6 = R"sql(
CREATE VIEW fact AS
  SELECT s.text AS subject, r.text AS relation, v.text AS value, f.since_episode,
         (SELECT strftime('%Y-%m-%dT%H:%M:%S+00:00', time, 'unixepoch') FROM episodes WHERE id = f.since_episode)
           AS since,
         f.until_episode,
         (SELECT strftime('%Y-%m-%dT%H:%M:%S+00:00', time, 'unixepoch') FROM episodes WHERE id = f.until_episode)
           AS until,
         coalesce(json_array_length(f.told), 1) AS times_told, coalesce(f.told, json_array(f.since_episode)) AS told
  FROM facts f JOIN fact_terms s ON s.id = f.subject_id JOIN fact_terms r ON r.id = f.relation_id
               JOIN fact_terms v ON v.id = f.value_id;
)sql";

}  // namespace noema::memory
