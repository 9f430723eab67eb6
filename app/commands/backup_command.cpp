// noema backup LIFE FILE

#include <memory>

#include "app/actions/backup.h"
#include "app/command.h"
#include "app/human.h"
#include "app/lives.h"
#include "app/results.h"

namespace noema::app::backup_command {
namespace {

struct Arguments {
  std::string life, file;
};

void print_for_people(const BackupValue& value) {
  print_text("{} is a copy of {}.\n", value.file, human_bytes(value.file_bytes));
}

void run(const Arguments& a, const Globals& globals) {
  print_value(globals, backup(open_to_read(a.life), a.file), print_for_people);
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand("backup", "Copy a life, also while it is in use: noema backup my.life copy.life");
  command->add_option("life", a->life, "The life")->required();
  command->add_option("file", a->file, "The copy to make")->required();
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::backup_command
