#include "experiments/streams/senses.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "base/line_reader.h"
#include "base/text.h"

namespace noema::experiments {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using reasoning::LabelledText;

/// One of so many items to learn from is asked about instead, where there is no other part for validation.
constexpr std::size_t kHeldOutOf = 10;

/// {"0": "apple_inc", "1": "apple"}: the senses of a word by their numbers.
json senses_in(const fs::path& path) {
  json senses = json::parse(base::read_file(path), nullptr, /*allow_exceptions=*/false);
  const auto refuse = [&](const std::string& found) {
    throw base::Error(fmt::format("{}: {}; expected {{\"0\": \"SENSE\", ...}}, as in CoarseWSD-20's classes_map.txt",
                                  path.string(), found));
  };
  if (!senses.is_object() || senses.empty()) refuse("no JSON object of senses");
  for (const auto& [number, sense] : senses.items())
    if (!sense.is_string()) refuse(fmt::format("sense '{}' has no text as its name", number));
  return senses;
}

/// PART.data.txt holds "POSITION<TAB>SENTENCE" and PART.gold.txt the number of the sense, line by line.
Items items_of(const fs::path& folder, const std::string& word, const std::string& part, const json& senses) {
  const fs::path sentences = folder / (part + ".data.txt"), gold = folder / (part + ".gold.txt");
  base::LineReader texts(sentences), numbers(gold);
  Items items;
  while (const auto line = texts.next()) {
    const auto number = numbers.next();
    const auto refuse = [&](const fs::path& file, const std::string& why) {
      throw base::Error(fmt::format("{}:{}: {}", file.string(), texts.line_number(), why));
    };
    const std::size_t tab = line->find('\t');
    if (tab == std::string::npos) refuse(sentences, "expected POSITION<TAB>SENTENCE, found no tab");
    if (base::first_invalid_utf8(*line)) refuse(sentences, "no UTF-8 text; save the file as UTF-8");
    if (!number) refuse(gold, fmt::format("the file ends before {}; expected a sense a sentence", sentences.string()));
    if (!senses.contains(*number))
      refuse(gold, fmt::format("sense '{}' is not in the map of senses beside it", *number));
    items.emplace_back(LabelledText{line->substr(tab + 1), word + ": " + senses[*number].get<std::string>()});
  }
  return items;
}

void append(Items& all, Items more) { all.insert(all.end(), more.begin(), more.end()); }

ClassTasks read(const StreamConfig& config, std::uint64_t seed) {
  const bool test = config.settings.flag("test");
  CutOptions options;
  options.seed = seed;
  options.shuffle_classes = config.settings.flag("shuffle_words");
  options.most_of_class = config.settings.count("most_of_class");
  options.leave_out_known = config.settings.flag("leave_out_known");
  Items learned, asked;
  std::set<std::string> words;
  for (const fs::path& map : config.paths) {
    const fs::path folder = map.parent_path();
    const std::string word = folder.filename().string();
    if (!words.insert(word).second)
      throw base::Error(
          fmt::format("{}: a map of the senses of '{}' was named before; name each word once", map.string(), word));
    const json senses = senses_in(map);
    std::set<std::string> labels;
    for (Items part = items_of(folder, word, "train", senses); reasoning::Experience & item : part) {
      labels.insert(label_of(item));
      const bool is_held_out = !test && (&item - part.data()) % kHeldOutOf == kHeldOutOf - 1;
      (is_held_out ? asked : learned).push_back(std::move(item));
    }
    if (test) append(asked, items_of(folder, word, "test", senses));
    options.groups.emplace_back(labels.begin(), labels.end());
  }
  return cut_into_tasks(std::move(learned), std::move(asked), {}, options);
}

}  // namespace

StreamKind senses_stream() {
  using base::Key;
  StreamKind kind;
  kind.name = "senses";
  kind.help = "sentences whose class is the sense that a word has there, a word a task, from folders as CoarseWSD-20's";
  kind.gives = reasoning::ExperienceKind::kLabelledText;
  kind.keys = {
      Key{"files", "classes_map.txt of each word; its sentences lie beside it", std::vector<std::string>{}, {}, true},
      Key{"shuffle_words", "words in an order of the seed; otherwise in that of the files", true, {}},
      Key{"most_of_class",
          "at most so many sentences of a sense to learn from, 0 for all",
          std::int64_t{0},
          {0, 1e9, true}},
      Key{"leave_out_known", "leave out what is learned from and asked about; otherwise it is refused", false, {}},
      Key{"test",
          "asked about the part for the test; otherwise about every tenth sentence to learn from, which is "
          "then not learned from",
          false,
          {}}};
  kind.read_tasks = read;
  return kind;
}

}  // namespace noema::experiments
