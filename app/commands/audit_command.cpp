// noema audit LIFE FILE

#include <fmt/format.h>

#include <memory>

#include "app/actions/audit.h"
#include "app/command.h"
#include "app/human.h"
#include "app/results.h"

namespace noema::app::audit_command {
namespace {

std::vector<std::string> row_of(const std::string& first, const AuditedGain& gain) {
  return {first, human_number(gain.claimed_bits), human_number(gain.recomputed_bits), human_number(gain.realised_bits)};
}

void print_for_people(const AuditValue& value) {
  if (value.blocks.empty()) return print_text("The life has no thought that stands: there is nothing to audit.\n");
  TextTable table({{"thoughts", Align::kRight},
                   {"claimed bits", Align::kRight},
                   {"recomputed bits", Align::kRight},
                   {"realised bits", Align::kRight}});
  for (const AuditedGain& block : value.blocks) table.add(row_of("to " + human_count(block.thoughts), block));
  table.add(row_of("all", value.total));
  print_text("{}\n", table.text());
  print_text("Without thoughts the text costs {} bits. The thoughts save {} of them, {} of what they claimed.\n",
             human_number(value.text_bits), human_number(value.total.realised_bits), human_share(value.ratio));
  print_text("Correlation of claimed and realised bits over the blocks: {}\n", human_number(value.correlation));
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  const auto a = std::make_shared<AuditRequest>();
  auto* command = app.add_subcommand("audit",
                                     "Compare the gains that thoughts claimed with the bits they save on a new text: "
                                     "noema audit my.life next.txt");
  command->add_option("life", a->life, "The life; it is not changed")->required();
  command->add_option("file", a->file, "Text that the life has not read")->required();
  command->add_option("--blocks", a->blocks, "Number of blocks into which the thoughts are divided, in their order")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command->add_option("--max-words", a->words, "Read about this many words of the text")
      ->check(within(kSome))
      ->capture_default_str();
  add_globals(*command, globals);
  command->callback([a, &globals] {
    a->stop = stop_token();
    const AuditValue value = audit(*a);
    if (!globals.json) return print_for_people(value);
    for (const AuditedGain& block : value.blocks) print_json(to_json(block));
    print_json(to_json(value));
  });
}

}  // namespace noema::app::audit_command
