'use client'

import { useTranslations } from 'next-intl'
import { useModels } from '@/client/models/use-models'
import { presets } from '@/client/presets/presets'
import { unsaved } from '@/client/settings/unsaved'
import type { Edit } from '@/client/settings/unsaved-edits'
import { ParameterFields } from '@/components/models/parameter-fields'
import { takenByModel } from '@/components/models/taken-by-model'
import { useShownCatalog } from '@/components/models/use-shown-catalog'
import { TextField } from '@/components/settings/fields'
import { choicesOf, isListed } from '@/shared/models/model-lists'
import { modelNameOf, parseModelName } from '@/shared/models/model-ref'
import {
  type ParameterName,
  type ParametersChange,
  reasoningEfforts,
} from '@/shared/models/parameters'
import {
  presetInstructionsLengthMax,
  suggestionLengthMax,
  suggestionsMax,
} from '@/shared/presets/limits'
import type { Preset } from '@/shared/presets/preset'
import { IconChoice } from './icon-choice'
import { fieldShape, Labelled } from './labelled'
import { LibraryForm } from './library-form'
import { NameField } from './name-field'

/** Of any model that may be chosen later. */
const allParameters: readonly ParameterName[] = [
  'reasoningEffort',
  'temperature',
  'topP',
  'maxOutputTokens',
]

/** One preset, stored when its user says so. */
export function PresetForm({ edited, close }: { edited: Edit<Preset>; close: () => void }) {
  const t = useTranslations('presets')
  const settings = useTranslations('settingsDialog')
  const catalog = useShownCatalog(useModels().catalog)
  const { opened, written, failure } = edited
  const { name, icon, instructions, model, parameters, suggestions } = written
  const change = (part: Partial<Preset>) => unsaved.presets.write(opened.id, part)
  const changeParameters = (part: ParametersChange) =>
    change({ parameters: { ...parameters, ...part } })
  const { taken, efforts } = model
    ? takenByModel(catalog, model)
    : { taken: allParameters, efforts: reasoningEfforts }

  function save() {
    return unsaved.presets.save(opened.id, (preset) => {
      const given = preset.suggestions.map((text) => text.trim()).filter(Boolean)
      return presets.put({ ...preset, suggestions: given })
    })
  }

  return (
    <LibraryForm title={opened.name || t('create')} problem={failure} save={save} close={close}>
      <NameField
        value={name}
        placeholder={t('nameExample')}
        write={(next) => change({ name: next })}
      />
      <IconChoice value={icon} choose={(next) => change({ icon: next })} />
      <TextField
        label={t('instructions')}
        placeholder={t('instructionsExample')}
        value={instructions}
        lengthMax={presetInstructionsLengthMax}
        counter={settings('counter', {
          count: instructions.length,
          max: presetInstructionsLengthMax,
        })}
        write={(text) => change({ instructions: text })}
      />
      <Labelled label={t('model')}>
        {(id) => (
          <select
            id={id}
            value={model ? modelNameOf(model) : ''}
            onChange={({ currentTarget: { value } }) =>
              change({ model: value ? parseModelName(value) : null })
            }
            className={fieldShape}
          >
            <option value="">{t('anyModel')}</option>
            {catalog?.endpoints.map((endpoint) => (
              <optgroup key={endpoint.id} label={endpoint.name}>
                {endpoint.models.map((each) => (
                  <option key={each.id} value={modelNameOf({ provider: endpoint.id, id: each.id })}>
                    {each.name}
                  </option>
                ))}
              </optgroup>
            ))}
            {model && !isListed((catalog?.endpoints ?? []).flatMap(choicesOf), model) ? (
              <option value={modelNameOf(model)}>{t('missingModel', { model: model.id })}</option>
            ) : null}
          </select>
        )}
      </Labelled>
      <fieldset className="mt-3.5">
        <legend className="text-sm">{t('parameters')}</legend>
        <div className="mt-1.5 rounded-inside border border-hairline px-3">
          <ParameterFields
            parameters={parameters}
            taken={taken}
            efforts={efforts}
            change={changeParameters}
            type={changeParameters}
          />
        </div>
      </fieldset>
      <fieldset className="mt-3.5">
        <legend className="text-sm">{t('suggestions')}</legend>
        {Array.from({ length: suggestionsMax }, (_, index) => (
          <input
            key={index}
            aria-label={t('suggestion', { number: index + 1 })}
            value={suggestions[index] ?? ''}
            maxLength={suggestionLengthMax}
            autoComplete="off"
            onChange={(event) =>
              change({ suggestions: withTextAt(suggestions, index, event.currentTarget.value) })
            }
            className={`mt-1.5 ${fieldShape}`}
          />
        ))}
      </fieldset>
    </LibraryForm>
  )
}

function withTextAt(texts: readonly string[], at: number, text: string): string[] {
  return Array.from({ length: Math.max(texts.length, at + 1) }, (_, index) =>
    index === at ? text : (texts[index] ?? ''),
  )
}
