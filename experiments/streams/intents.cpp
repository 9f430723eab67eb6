#include "experiments/streams/intents.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"
#include "base/line_reader.h"
#include "base/text.h"

namespace noema::experiments {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using reasoning::LabelledText;

/// A list [[text, label], ...] of the file.
Items items_in(const json& file, const std::string& key, const fs::path& path) {
  const auto refuse = [&](const std::string& found) {
    throw base::Error(fmt::format("{}: '{}' is {}; expected a list of [text, label], as in CLINC150's data_full.json",
                                  path.string(), key, found));
  };
  const auto list = file.is_object() ? file.find(key) : file.end();
  if (list == file.end()) refuse("missing");
  if (!list->is_array()) refuse(list->type_name());
  Items items;
  for (const json& item : *list) {
    if (!item.is_array() || item.size() != 2 || !item[0].is_string() || !item[1].is_string())
      refuse(fmt::format("a list whose item {} is no pair of texts", items.size() + 1));
    std::string text = item[0].get<std::string>();
    for (char& c : text)
      if (c == '\n') c = ' ';
    if (base::first_invalid_utf8(text)) refuse(fmt::format("a list whose item {} is no text", items.size() + 1));
    items.emplace_back(LabelledText{std::move(text), item[1].get<std::string>()});
  }
  return items;
}

json parsed(const fs::path& path) {
  try {
    return json::parse(base::read_file(path));
  } catch (const json::exception& error) {
    throw base::Error(path.string() + ": not JSON: " + error.what());
  }
}

Items items_in_tsv(const fs::path& path) {
  Items items;
  base::LineReader reader(path);
  while (const auto line = reader.next()) {
    const std::size_t tab = line->find('\t');
    if (tab == std::string::npos)
      throw base::Error(
          fmt::format("{}:{}: expected label<TAB>text, found no tab", path.string(), reader.line_number()));
    items.emplace_back(LabelledText{line->substr(tab + 1), line->substr(0, tab)});
  }
  return items;
}

ClassTasks read_intents(const StreamConfig& config, std::uint64_t seed) {
  const CutOptions options = cut_options_of(config.settings, seed);
  const bool is_json = config.paths.front().extension() == ".json";
  if (config.paths.size() != (is_json ? 1U : 2U))
    throw base::Error(
        fmt::format("[stream] 'files' names {} files; expected one .json, or two TSV files: to learn "
                    "from, and to be asked about",
                    config.paths.size()));
  if (!is_json) return cut_into_tasks(items_in_tsv(config.paths[0]), items_in_tsv(config.paths[1]), {}, options);
  const json file = parsed(config.paths[0]);
  const bool test = config.settings.flag("test");
  const auto items = [&](const char* key) { return items_in(file, key, config.paths[0]); };
  Items train = items("train"), asked = items(test ? "test" : "val"), outside = items(test ? "oos_test" : "oos_val");
  return cut_into_tasks(std::move(train), std::move(asked), std::move(outside), options);
}

}  // namespace

StreamKind intents_stream() {
  StreamKind kind;
  kind.name = "intents";
  kind.help = "labelled texts whose classes come task by task: CLINC150's data_full.json, or TSV (label<TAB>text)";
  kind.gives = reasoning::ExperienceKind::kLabelledText;
  kind.keys = {
      {"files", "one .json, or two TSV files: to learn from, to be asked about", std::vector<std::string>{}, {}, true},
      test_key()};
  for (base::Key& key : cut_keys({})) kind.keys.push_back(std::move(key));
  kind.read_tasks = read_intents;
  return kind;
}

}  // namespace noema::experiments
