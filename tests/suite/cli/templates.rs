//! `new --template`: a session that begins with a model.

use insta::assert_snapshot;

use super::Shell;

#[test]
fn a_template_is_drawn_with_its_defaults_where_nobody_can_be_asked() {
    let shell = Shell::new();
    assert_snapshot!(shell.run(&["new", "shop", "--template", "webhooks", "--set", "partners=Bank, Post"]), @"
        exit 0
        -- out
        shop.tm.ron
        -- err
        next: strideboard shop.tm.ron
        ");
    let session = shell.json(&["show", "shop", "--format", "json"]);
    assert_eq!(session["title"], "shop");
    assert!(shell.read("shop.tm.ron").contains(r#"name: "Post","#));
    assert_snapshot!(shell.run(&["fmt", "--check", "shop.tm.ron"]), @"
        exit 0
        ");
}

#[test]
fn templates_are_listed_with_their_questions() {
    let told = shell_list();
    for template in strideboard::catalog::template::templates() {
        assert!(told.contains(&format!("\n{}  {}\n", template.id, template.about)), "{told}");
    }
    assert!(
        told.contains("\n  partners    Which partners are connected (names with commas)?  \"Payment provider\"\n"),
        "{told}"
    );
}

fn shell_list() -> String {
    Shell::new().run(&["new", "--template", "list"])
}

#[test]
fn what_cannot_be_started_says_why_and_leaves_no_file() {
    let shell = Shell::new();
    assert_snapshot!(shell.run(&["new", "shop", "--template", "webhook"]), @"
        exit 1
        -- err
        error: there is no template `webhook`
          hint: did you mean `webhooks`?
          hint: `strideboard new --template list` shows them; a file is named by its path, such as ./ours.ron
        ");
    let set = ["new", "shop", "--template", "webhooks", "--set", "partners=a:b", "--set", "user=x"];
    assert_snapshot!(shell.run(&set), @r#"
        exit 1
        -- err
        error: template webhooks cannot be drawn
          hint: template webhooks does not ask for `user`; it asks for partners, records
          hint: `partners` cannot be "a:b": a name cannot hold `:`; use letters, digits, - _ . & ' / or +
        "#);
    assert_snapshot!(shell.run(&["new", "--template", "webhooks"]), @"
        exit 1
        -- err
        error: a session needs a name
          hint: for example `strideboard new checkout`, or `strideboard new checkout --template webhooks`
        ");
    assert!(!shell.path("shop.tm.ron").exists());
}

#[test]
fn a_team_keeps_its_own_template_in_a_file() {
    let shell = Shell::new();
    let ours = shell.output(&["catalog", "show", "webhooks"]).stdout;
    shell.write("ours.ron", &String::from_utf8(ours).unwrap().replace("Event queue", "Inbox"));
    assert_snapshot!(shell.run(&["new", "shop", "--template", "ours.ron"]), @"
        exit 0
        -- out
        shop.tm.ron
        -- err
        next: strideboard shop.tm.ron
        ");
    assert!(shell.read("shop.tm.ron").contains(r#"name: "Inbox","#));

    shell.write("broken.ron", "(id: \"ours\", title: \"Ours\", about: \"x\",\n    lines: 3)");
    assert_snapshot!(shell.run(&["new", "a", "--template", "./broken.ron"]), @"
        exit 1
        -- err
        ./broken.ron:2:12: `lines`: expected a text in quotes, found `3`
        error: ./broken.ron is no template
          hint: `strideboard catalog show webhooks` prints a template to compare it with
        ");
    shell.write("threats.ron", "(id: \"ours\", title: \"Ours\", about: \"x\", lines: \"api @Edge api\\nT: stolen\")");
    assert_snapshot!(shell.run(&["new", "a", "--template", "./threats.ron"]), @"
        exit 1
        -- err
        error: template ours cannot be drawn
          hint: `T: stolen` would become: threat T1 T in the unfiled tray; a template only draws
        ");
}
