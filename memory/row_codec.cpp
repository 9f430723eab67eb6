#include "memory/row_codec.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "memory/varint.h"

namespace noema::memory {
namespace {

using Json = nlohmann::json;

Json parse(std::string_view json) {
  Json value = Json::parse(json, nullptr, false);
  if (value.is_discarded()) throw base::Error("a column holds no JSON; the row is damaged");
  return value;
}

std::int64_t integer_of(const Json& value) {
  if (!value.is_number_integer())
    throw base::Error("a JSON column holds no integer where one belongs; the row is damaged");
  return value.get<std::int64_t>();
}

}  // namespace

std::string encode_ids(const std::vector<std::int64_t>& ids) {
  std::string json = "[";
  for (const std::int64_t id : ids) {
    if (json.size() > 1) json += ',';
    json += std::to_string(id);
  }
  return json + "]";
}

std::vector<std::int64_t> decode_ids(std::string_view json) {
  const Json array = parse(json);
  if (!array.is_array()) throw base::Error("a column holds no JSON array; the row is damaged");
  std::vector<std::int64_t> ids;
  for (const Json& value : array) ids.push_back(integer_of(value));
  return ids;
}

std::string encode_counts(const std::vector<std::pair<std::int64_t, std::int64_t>>& counts) {
  std::string json = "{";
  json.reserve(counts.size() * 12 + 2);
  for (const auto& [id, count] : counts) {
    if (json.size() > 1) json += ',';
    json += '"';
    json += std::to_string(id);
    json += "\":";
    json += std::to_string(count);
  }
  return json + "}";
}

std::vector<std::pair<std::int64_t, std::int64_t>> decode_counts(std::string_view json) {
  std::vector<std::pair<std::int64_t, std::int64_t>> counts;
  if (json == "{}") return counts;
  const Json object = parse(json);
  if (!object.is_object()) throw base::Error("a column holds no JSON object; the row is damaged");
  counts.reserve(object.size());
  for (const auto& [key, value] : object.items()) {
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), id);
    if (error != std::errc() || end != key.data() + key.size()) {
      throw base::Error("a JSON column counts by something that is no id; the row is damaged");
    }
    counts.emplace_back(id, integer_of(value));
  }
  std::sort(counts.begin(), counts.end());
  return counts;
}

std::string encode_forms(const std::vector<std::pair<std::string, std::int64_t>>& forms) {
  Json object = Json::object();
  for (const auto& [surface, count] : forms) object[surface] = count;
  return object.dump();
}

std::vector<std::pair<std::string, std::int64_t>> decode_forms(std::string_view json) {
  const Json object = parse(json);
  if (!object.is_object()) throw base::Error("a column holds no JSON object; the row is damaged");
  std::vector<std::pair<std::string, std::int64_t>> forms;
  for (const auto& [surface, count] : object.items()) forms.emplace_back(surface, integer_of(count));
  return forms;
}

void require_object(std::string_view json, std::string_view what) {
  if (json == "{}") return;
  const Json value = Json::parse(json, nullptr, false);
  if (!value.is_object())
    throw base::Error(std::string(what) + " must be a JSON object, but is " + std::string(json.substr(0, 80)));
}

std::optional<std::int64_t> or_null(std::int64_t id) { return id == 0 ? std::nullopt : std::optional(id); }

EpisodeRow read_episode(const Statement& row) {
  EpisodeRow episode;
  episode.id = row.integer(0);
  episode.position = row.integer(1);
  episode.time = row.real(2);
  episode.source = row.text(3);
  episode.line = row.integer(4);
  episode.group = row.text(5);
  episode.speaker = row.optional_text(6);
  episode.outer_id = row.optional_text(7);
  episode.label = row.optional_text(8);
  episode.answer = row.optional_text(9);
  episode.kind = row.text(10);
  episode.part = row.integer(11);
  episode.begins_at = row.integer(12);
  episode.text = row.text(13);
  episode.attachments = decode_varints(row.blob(14));
  if (!row.is_null(15)) episode.image = row.blob(15);
  return episode;
}

ThoughtRow read_thought(const Statement& row) {
  ThoughtRow thought;
  thought.id = row.integer(0);
  thought.position = row.integer(1);
  thought.time = row.real(2);
  thought.kind = row.text(3);
  thought.operands = row.text(4);
  thought.result = row.integer(5);
  thought.gain_bits = row.real(6);
  thought.cost_seconds = row.real(7);
  thought.candidates = row.integer(8);
  thought.evidence = decode_ids(row.text(9));
  thought.reason = row.text(10);
  thought.details = row.text(11);
  thought.after_episode = row.integer(12);
  thought.undone_by = row.integer(13);
  return thought;
}

FeedRow read_feed(const Statement& row) {
  FeedRow feed;
  feed.id = row.integer(0);
  feed.content_hash = row.text(1);
  feed.source = row.text(2);
  feed.format = row.text(3);
  feed.group = row.text(4);
  feed.acknowledged = row.integer(5);
  feed.bytes = row.integer(6);
  feed.pieces = row.integer(7);
  feed.begins_at = row.integer(8);
  return feed;
}

void add_to(Checksum& checksum, const EpisodeRow& row) {
  checksum.integer(row.id).integer(row.position).real(row.time).text(row.source).integer(row.line).text(row.group);
  checksum.optional_text(row.speaker).optional_text(row.outer_id).optional_text(row.label).optional_text(row.answer);
  checksum.text(row.kind).text(row.text).text(encode_varints(row.attachments));
  if (row.part > 0) checksum.integer(row.part).integer(row.begins_at);  // an input of one piece is as in format 1
  if (row.image) checksum.text("image").text(*row.image);               // a text is as in format 4
}

void add_to(Checksum& checksum, const ThoughtRow& row) {
  checksum.integer(row.id).integer(row.position).real(row.time).text(row.kind).text(row.operands);
  checksum.integer(row.result).real(row.gain_bits).real(row.cost_seconds).integer(row.candidates);
  checksum.text(encode_ids(row.evidence)).text(row.reason).text(row.details).integer(row.after_episode);
  for (const ThoughtConcept& one : row.concepts) checksum.integer(one.id).text(one.role);
}

std::int64_t feed_checksum(const FeedRow& row) {
  Checksum checksum;
  checksum.integer(row.id).text(row.content_hash).text(row.source).text(row.format).text(row.group);
  checksum.integer(row.acknowledged).integer(row.bytes);
  if (row.pieces > 0) checksum.integer(row.pieces);  // at a line's end a feed is as in format 1
  if (row.begins_at > 0) checksum.integer(row.begins_at);
  return checksum.value();
}

std::int64_t pair_checksum(std::string_view key, std::string_view value) {
  return Checksum().text(key).text(value).value();
}

const char* name_of(LogKind kind) {
  switch (kind) {
    case LogKind::kEpisode: return "episode";
    case LogKind::kThought: return "thought";
    case LogKind::kUndo: return "undo";
    case LogKind::kModel: return "model";
  }
  throw base::Error("a log entry of no known kind");
}

LogKind log_kind(std::string_view name) {
  for (const LogKind kind : {LogKind::kEpisode, LogKind::kThought, LogKind::kUndo, LogKind::kModel}) {
    if (name == name_of(kind)) return kind;
  }
  throw base::Error("the log has an entry of the unknown kind \"" + std::string(name) + "\"; the file is damaged");
}

}  // namespace noema::memory
