#pragma once
// What the tests of memory share: a folder of their own, small rows, and the message of an error.

#include <unistd.h>
#include <nlohmann/json.hpp>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/error.h"
#include "memory/database.h"
#include "memory/life.h"

namespace noema::memory {

/// A new folder, gone with its content at the end.
class TempFolder {
 public:
  TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "noema-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw base::Error("no temporary folder can be made");
    path_ = name;
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline CreateOptions small_options() {
  CreateOptions options;
  options.model_bytes = "weights of a very small model";
  options.model_hash = "abc";
  options.seed = 7;
  options.time = 1000;
  return options;
}

inline EpisodeRow episode_row(const std::string& text, std::vector<ConceptId> attachments = {1, 2, 300}) {
  EpisodeRow row;
  row.time = 12.5;
  row.source = "lines.txt";
  row.line = 3;
  row.text = text;
  row.attachments = std::move(attachments);
  return row;
}

/// Appends an episode and its terms: the text must be lower-case words and blanks.
inline EpisodeId append_text(Life& life, const std::string& text) { return life.append(episode_row(text), text); }

inline ThoughtRow thought_row(std::vector<ConceptId> operands, ConceptId result) {
  ThoughtRow row;
  row.time = 13;
  row.kind = "merge";
  row.operands = nlohmann::json{{"parts", operands}}.dump();
  for (const ConceptId id : operands) row.concepts.push_back({id, "about"});
  row.concepts.push_back({result, "made"});
  row.result = result;
  row.gain_bits = 4.25;
  row.cost_seconds = 0.001;
  row.candidates = 12;
  row.evidence = {1};
  row.reason = "same contexts";
  row.after_episode = 1;
  return row;
}

inline ConceptRow concept_row(ConceptId id, const std::string& label) {
  ConceptRow row;
  row.id = id;
  row.kind = "sense";
  row.label = label;
  row.count = 2;
  row.forms = {{label, 2}};
  return row;
}

/// Gives a life without a checkpoint the tables that format 3 had.
inline void make_format3(Database& database) {
  for (const char* view : {"life", "concept", "form", "relation", "sense", "mention", "episode", "thought",
                           "thought_concept", "evidence", "fact", "rule"})
    database.execute(std::string("DROP VIEW ") + view);
  database.execute("ALTER TABLE episodes DROP COLUMN image");
  for (const char* table :
       {"mention_places", "mention_index", "facts", "fact_terms", "rules", "relations", "forms", "concepts"})
    database.execute(std::string("DROP TABLE ") + table);
  database.execute(
      "CREATE TABLE concepts(id INTEGER PRIMARY KEY, kind TEXT NOT NULL, label TEXT NOT NULL, parts TEXT NOT NULL, "
      "redirect INTEGER, count INTEGER NOT NULL, created_by_thought INTEGER, forms TEXT NOT NULL, follows TEXT NOT "
      "NULL, details TEXT NOT NULL, vector BLOB NOT NULL, checksum INTEGER NOT NULL);"
      "CREATE INDEX concepts_label ON concepts(label); CREATE VIEW life AS SELECT 1; CREATE VIEW relations AS SELECT "
      "1; CREATE VIEW forms AS SELECT 1; PRAGMA user_version = 3");
}

/// The message of the base::Error that `act` throws; empty if it throws none.
template <class Act>
std::string error_of(const Act& act) {
  try {
    act();
  } catch (const base::Error& error) {
    std::string message = error.what();
    CHECK(message.find('\n') == std::string::npos);
    return message;
  }
  return "";
}

}  // namespace noema::memory
