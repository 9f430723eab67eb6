#pragma once
// Documents that show queries with their answers, and the life that they ask.

#include <catch2/catch.hpp>
#include <cstdlib>
#include <functional>
#include <sstream>

#include "app/actions/query.h"
#include "app/actions/think.h"
#include "base/error.h"
#include "base/files.h"
#include "base/time.h"
#include "tests/app/small_life.h"
#include "tests/reasoning/lives.h"

namespace noema::tests {

/// A village: who lives where, moves where and works where, told over some days by two people.
inline std::vector<reasoning::Input> village() {
  const std::vector<std::string> people{"Ann",  "Bob",  "Cleo", "Dan", "Eve", "Finn", "Gil",  "Hana",
                                        "Ines", "Jack", "Kim",  "Lea", "Mo",  "Nora", "Otto", "Pia"};
  const std::vector<std::string> towns{"Oslo", "Kyoto", "Lima", "Turin", "Cork"}, work{"mill", "bakery", "school"};
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < people.size(); ++i) lines.push_back(people[i] + " lives in " + towns[i * 3 % 5] + " .");
  for (std::size_t i = 0; i < people.size(); ++i)
    lines.push_back(people[i] + " works at the " + work[i * 2 % 3] + " .");
  for (std::size_t i = 0; i < people.size(); i += 2)
    lines.push_back(people[i] + " moved to " + towns[(i * 3 + 2) % 5] + " .");
  for (std::size_t i = 0; i < people.size(); i += 3)
    lines.push_back(people[i] + " now works at the " + work[(i * 2 + 1) % 3] + " .");
  lines.push_back("Ann lives in Lima .");
  for (const std::string& line : tax_lines()) lines.push_back(line);
  std::vector<reasoning::Input> inputs;
  const double start = base::parse_time("2026-03-01T08:00:00").seconds;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    reasoning::Input input;
    input.text = lines[i];
    input.time = start + static_cast<double>(i) * 1800;
    input.speaker = i % 3 == 0 ? "Mia" : "Tom";
    input.source = "village.txt";
    input.line = static_cast<std::int64_t>(i) + 1;
    inputs.push_back(input);
  }
  return inputs;
}

/// The life of the documents. Nothing in it depends on the machine or the hour.
inline void make_village(const std::string& path) {
  base::ManualClock clock(base::parse_time("2026-03-07T23:00:00").seconds);
  reasoning::MindOptions options;
  options.predict = false;
  options.clock = &clock;
  reasoning::Mind mind(new_life(path), options);
  for (const auto& input : village()) mind.perceive(input);
  mind.commit();
  app::ThinkRequest request;
  request.no_consolidate = true;
  app::think(mind, request, base::Stopwatch(), [](double, std::uint64_t) { return true; });
  mind.answer("where does Ann live ?", true);
  clock.advance(3600);
  std::optional<memory::ThoughtId> last;
  mind.with_life([&](memory::Life& life) { last = life.thoughts().next_of_kind("compose", 0); });
  if (last) mind.undo(*last);
  mind.checkpoint();
}

inline std::string answer_to(const std::string& life, const std::string& query) {
  try {
    const app::Answered answered = app::ask_graph(life, query, {}, {});
    CHECK_FALSE(answered.answer.rows.empty());
    CHECK(answered.answer.rows.size() <= 12);
    return table_of(answered, 64);
  } catch (const base::Error& error) {
    return std::string(error.what()) + "\n";
  }
}

/// The document with the answers that its queries give: after each block in `language` (sql, cypher) stands a block
/// with its answer, a table or an error.
using Answerer = std::function<std::string(const std::string& life, const std::string& query)>;
inline std::string with_answers(const std::string& document, const std::string& language, const std::string& life,
                                int& queries, const Answerer& answer) {
  std::istringstream lines(document);
  std::string text, line, sql;
  enum { kProse, kSql, kAnswer } in = kProse;
  while (std::getline(lines, line)) {
    if (in == kAnswer) {  // the old answer is left out
      if (line == "```") in = kProse;
      continue;
    }
    text += line + '\n';
    if (in == kProse && line == "```" + language) {
      in = kSql;
      sql.clear();
    } else if (in == kSql && line == "```") {
      ++queries;
      INFO(sql);
      text += "```text\n" + answer(life, sql) + "```\n";
      REQUIRE(std::getline(lines, line));
      REQUIRE(line == "```text");
      in = kAnswer;
    } else if (in == kSql) {
      sql += line + '\n';
    }
  }
  return text;
}

/// Asks all queries of a document on a village that is made anew, and compares. NOEMA_WRITE_DOCS=1 writes the answers.
inline void check_document(const std::string& path, const std::string& language, int least,
                           const Answerer& answer = answer_to) {
  const Folder folder;
  const std::string life = (folder.path / "village.life").string();
  make_village(life);
  const std::string document = base::read_file(path);
  int queries = 0;
  const std::string expected = with_answers(document, language, life, queries, answer);
  CHECK(queries >= least);
  if (std::getenv("NOEMA_WRITE_DOCS") != nullptr && expected != document) base::write_file(path, expected);
  CHECK(base::read_file(path) == expected);
}

}  // namespace noema::tests
