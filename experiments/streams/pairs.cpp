#include "experiments/streams/pairs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/error.h"
#include "base/line_reader.h"

namespace noema::experiments {
namespace {

using reasoning::ToldPair;

/// The columns of a line, counted from 1; 0: the file has no such column.
struct Columns {
  std::size_t source, target, book, chapter;

  std::size_t most() const { return std::max({source, target, book, chapter}); }
};

std::vector<std::string> columns_of(const std::string& line) {
  std::vector<std::string> columns(1);
  for (const char c : line)
    if (c == '\t')
      columns.emplace_back();
    else
      columns.back() += c;
  return columns;
}

/// Chapters one after another, in the order in which the file names them first; within a chapter in the file's order.
class Chapters {
 public:
  void add(const std::string& chapter, ToldPair pair) {
    const auto [place, fresh] = places_.emplace(chapter, chapters_.size());
    if (fresh) chapters_.emplace_back();
    chapters_[place->second].push_back(std::move(pair));
  }
  std::vector<ToldPair> in_order() const {
    std::vector<ToldPair> all;
    for (const auto& chapter : chapters_) all.insert(all.end(), chapter.begin(), chapter.end());
    return all;
  }

 private:
  std::map<std::string, std::size_t> places_;
  std::vector<std::vector<ToldPair>> chapters_;
};

/// Reads the files line by line and puts each pair where it belongs.
class Sorter {
 public:
  explicit Sorter(const StreamConfig& config)
      : columns_{config.settings.count("source"), config.settings.count("target"), config.settings.count("by"),
                 config.settings.count("chapter")},
        book_(config.settings.text("told")),
        withheld_(config.settings.texts("withheld")) {
    if (columns_.book == 0 && !book_.empty())
      throw base::Error("[stream] 'told' names a book, but 'by' names no column of books; expected both or none");
  }

  void add(const std::string& line, const std::string& place) {
    std::vector<std::string> cells = columns_of(line);
    if (cells.size() < columns_.most())
      throw base::Error(fmt::format("{}: expected {} or more columns, separated by tabs; found {}", place,
                                    columns_.most(), cells.size()));
    const auto cell = [&](std::size_t column) { return column == 0 ? std::string() : cells[column - 1]; };
    ToldPair pair{cell(columns_.source), cell(columns_.target)};
    if (cell(columns_.book) == book_)
      chapters_.add(cell(columns_.chapter), std::move(pair));
    else if (std::find(withheld_.begin(), withheld_.end(), cell(columns_.book)) != withheld_.end())
      of_withheld_.push_back(std::move(pair));
    else
      pairs_.train.push_back(std::move(pair));
  }

  ToldPairs sorted(std::size_t most) {
    pairs_.told = chapters_.in_order();
    if (pairs_.told.empty()) throw base::Error(fmt::format("[stream]: no pair is of the book '{}'", book_));
    leave_out_told(pairs_, of_withheld_);
    if (most > 0 && pairs_.told.size() > most) pairs_.told.resize(most);
    return std::move(pairs_);
  }

 private:
  Columns columns_;
  std::string book_;
  std::vector<std::string> withheld_;
  Chapters chapters_;
  std::vector<ToldPair> of_withheld_;
  ToldPairs pairs_;
};

ToldPairs read_pairs(const StreamConfig& config, std::uint64_t) {
  Sorter sorter(config);
  for (const auto& path : config.paths) {
    base::LineReader reader(path);
    while (const auto line = reader.next())
      sorter.add(*line, fmt::format("{}:{}", path.string(), reader.line_number()));
  }
  return sorter.sorted(config.settings.count("most"));
}

}  // namespace

StreamKind pairs_stream() {
  using base::Key;
  const base::Range column{0, 1000, true}, from_one{1, 1000, true};
  StreamKind kind;
  kind.name = "pairs";
  kind.help =
      "texts and their translations from tab-separated files (plain, .gz or .xz): one book is told, the others "
      "are there to train the model";
  kind.gives = reasoning::ExperienceKind::kPair;
  kind.keys = {Key{"files", "paths, relative to the experiment file", std::vector<std::string>{}, {}, true},
               Key{"source", "column of the source, from 1", std::int64_t{1}, from_one},
               Key{"target", "column of the target", std::int64_t{2}, from_one},
               Key{"by", "column of the book; 0: there is none, and all pairs are told", std::int64_t{0}, column},
               Key{"chapter", "column of the chapter, whose pairs are told together; 0: in the file's order",
                   std::int64_t{0}, column},
               Key{"told", "the book that is told", std::string(), {}},
               Key{"withheld", "books that are neither told nor trained on", std::vector<std::string>{}, {}},
               Key{"most", "at most so many pairs are told, 0 for all", std::int64_t{0}, {0, 1e12, true}}};
  kind.read_pairs = read_pairs;
  return kind;
}

}  // namespace noema::experiments
